from django.apps import AppConfig


class SignaturesConfig(AppConfig):
    name = "bihuan.kernel.signatures"
    label = "signatures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.record import findings
        from bihuan.kernel.signatures.checking import verify_signatures

        findings.also_check("signatures", verify_signatures)
