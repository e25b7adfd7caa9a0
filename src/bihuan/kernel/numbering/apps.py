from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "bihuan.kernel.numbering"
    label = "numbering"
    default_auto_field = "django.db.models.BigAutoField"
