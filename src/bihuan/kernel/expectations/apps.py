from django.apps import AppConfig


class ExpectationsConfig(AppConfig):
    name = "bihuan.kernel.expectations"
    label = "expectations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.expectations.filings import RECORD_KIND, ends
        from bihuan.kernel.record import heads

        heads.register(RECORD_KIND, ends)
