from django.apps import AppConfig


class ResponsibilityConfig(AppConfig):
    name = "bihuan.kernel.responsibility"
    label = "responsibility"
    default_auto_field = "django.db.models.BigAutoField"
