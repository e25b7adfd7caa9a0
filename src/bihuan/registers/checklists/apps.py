from django.apps import AppConfig


class ChecklistsConfig(AppConfig):
    name = "bihuan.registers.checklists"
    label = "checklists"
    verbose_name = "检查表"
    default_auto_field = "django.db.models.BigAutoField"
