from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "bihuan.capabilities.responsibility.committees"
    label = "committees"
    verbose_name = "安委会"
    default_auto_field = "django.db.models.BigAutoField"
