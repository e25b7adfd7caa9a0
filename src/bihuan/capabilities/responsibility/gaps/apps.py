from django.apps import AppConfig


class GapsConfig(AppConfig):
    name = "bihuan.capabilities.responsibility.gaps"
    label = "gaps"
    verbose_name = "监管盲区"
    default_auto_field = "django.db.models.BigAutoField"
