from django.apps import AppConfig


class WindowsConfig(AppConfig):
    name = "bihuan.capabilities.dispatch.windows"
    label = "windows"
    verbose_name = "重点时段"
    default_auto_field = "django.db.models.BigAutoField"
