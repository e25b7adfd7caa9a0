from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "bihuan.capabilities.responsibility.letters"
    label = "letters"
    verbose_name = "责任书"
    default_auto_field = "django.db.models.BigAutoField"
