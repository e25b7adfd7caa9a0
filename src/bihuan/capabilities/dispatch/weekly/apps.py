from django.apps import AppConfig


class WeeklyConfig(AppConfig):
    name = "bihuan.capabilities.dispatch.weekly"
    label = "weekly"
    verbose_name = "周调度"
    default_auto_field = "django.db.models.BigAutoField"
