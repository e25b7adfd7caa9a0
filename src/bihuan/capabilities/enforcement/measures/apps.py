from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "bihuan.capabilities.enforcement.measures"
    label = "measures"
    verbose_name = "行政强制与停产整顿"
    default_auto_field = "django.db.models.BigAutoField"
