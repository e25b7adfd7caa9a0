from django.apps import AppConfig


class CrackdownConfig(AppConfig):
    name = "bihuan.capabilities.enforcement.crackdown"
    label = "crackdown"
    verbose_name = "打非治违"
    default_auto_field = "django.db.models.BigAutoField"
