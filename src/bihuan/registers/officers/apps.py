from django.apps import AppConfig


class OfficersConfig(AppConfig):
    name = "bihuan.registers.officers"
    label = "officers"
    verbose_name = "执法人员与专家"
    default_auto_field = "django.db.models.BigAutoField"
