from django.apps import AppConfig


class InspectionPlanningConfig(AppConfig):
    name = "bihuan.capabilities.inspections.planning"
    label = "inspection_planning"
    verbose_name = "检查计划"
    default_auto_field = "django.db.models.BigAutoField"
