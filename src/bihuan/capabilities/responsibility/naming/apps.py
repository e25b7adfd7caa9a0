from django.apps import AppConfig


class NamingConfig(AppConfig):
    name = "bihuan.capabilities.responsibility.naming"
    label = "naming"
    verbose_name = "包保分工"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.responsibility import hub

        hub.install()
