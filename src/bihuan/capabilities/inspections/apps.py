from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "bihuan.capabilities.inspections"
    label = "inspections"
    verbose_name = "监督检查"
    default_auto_field = "django.db.models.BigAutoField"
