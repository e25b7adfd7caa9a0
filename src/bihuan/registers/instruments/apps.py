from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "bihuan.registers.instruments"
    label = "instruments"
    verbose_name = "执法文书"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.registers.instruments import chains

        chains.register()
