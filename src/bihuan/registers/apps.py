from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "bihuan.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.registers.legal_ranges import declare_legal_ranges

        declare_legal_ranges()
