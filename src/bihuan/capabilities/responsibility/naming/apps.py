from django.apps import AppConfig


class NamingConfig(AppConfig):
    name = "bihuan.capabilities.responsibility.naming"
    label = "naming"
    verbose_name = "包保分工"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.responsibility import hub
        from bihuan.capabilities.responsibility.naming import trail
        from bihuan.capabilities.responsibility.naming.feeding import namings
        from bihuan.capabilities.responsibility.naming.pages import addresses
        from bihuan.kernel.record import heads
        from bihuan.kernel.responsibility.sources import feed
        from bihuan.kernel.territory.models import Regulation
        from bihuan.kernel.web.auditing.called import Shelf, rows_called
        from bihuan.kernel.web.auditing.words import Trail, name_trail

        hub.install()
        addresses.install()
        feed("naming", namings)
        heads.register(trail.KIND, trail.ends)
        name_trail(
            trail.KIND,
            Trail("责任分工", trail.VERBS, (f"{trail.KIND}/",), trail.chain_of, trail.called),
        )
        name_trail(
            trail.REGULATION,
            Trail(
                "行业监管关系",
                trail.REGULATION_VERBS,
                (f"{trail.REGULATION}/",),
                trail.chain_of,
                rows_called({f"{trail.REGULATION}/": Shelf(Regulation, "sector__name")}),
            ),
        )
