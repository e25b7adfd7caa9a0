from django.apps import AppConfig


class TipoffsConfig(AppConfig):
    name = "bihuan.capabilities.tipoffs"
    label = "tipoffs"
    verbose_name = "举报投诉"
    default_auto_field = "django.db.models.BigAutoField"
