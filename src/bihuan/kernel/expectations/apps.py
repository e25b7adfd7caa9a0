from django.apps import AppConfig


class ExpectationsConfig(AppConfig):
    name = "bihuan.kernel.expectations"
    label = "expectations"
    default_auto_field = "django.db.models.BigAutoField"
