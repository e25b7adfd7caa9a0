from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "bihuan.kernel.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.web import navigation
        from bihuan.kernel.web.importing import addresses

        navigation.install()
        addresses.install()
