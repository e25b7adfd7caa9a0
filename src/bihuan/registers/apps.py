from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "bihuan.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.registers.legal_ranges import declare_legal_ranges
        from bihuan.registers.pages import addresses

        declare_legal_ranges()
        addresses.install()
