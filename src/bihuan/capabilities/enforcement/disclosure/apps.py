from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "bihuan.capabilities.enforcement.disclosure"
    label = "disclosure"
    verbose_name = "执法公示与分析"
    default_auto_field = "django.db.models.BigAutoField"
