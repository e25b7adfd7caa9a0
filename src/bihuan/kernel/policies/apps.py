from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "bihuan.kernel.policies"
    label = "policies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.policies.trail import KIND, ends
        from bihuan.kernel.record import heads

        heads.register(KIND, ends)
