from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "bihuan.capabilities.enforcement"
    label = "enforcement"
    verbose_name = "执法案件"
    default_auto_field = "django.db.models.BigAutoField"
