from django.apps import AppConfig


class ObjectsConfig(AppConfig):
    name = "bihuan.kernel.objects"
    label = "objects"
    default_auto_field = "django.db.models.BigAutoField"
