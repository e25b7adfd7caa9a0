from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "bihuan.capabilities.responsibility.duties"
    label = "duties"
    verbose_name = "责任清单"
    default_auto_field = "django.db.models.BigAutoField"
