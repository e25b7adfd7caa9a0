from django.apps import AppConfig


class HazardsConfig(AppConfig):
    name = "bihuan.capabilities.hazards"
    label = "hazards"
    default_auto_field = "django.db.models.BigAutoField"
