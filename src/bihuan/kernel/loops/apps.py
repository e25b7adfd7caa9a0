from django.apps import AppConfig


class LoopsConfig(AppConfig):
    name = "bihuan.kernel.loops"
    label = "loops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.loops.naming import verify_files
        from bihuan.kernel.record import findings

        findings.also_check("files", verify_files)
