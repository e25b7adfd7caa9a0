from django.apps import AppConfig


class HazardsConfig(AppConfig):
    name = "bihuan.capabilities.hazards"
    label = "hazards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.hazards import figures, filing, intake, pages, spot_pages
        from bihuan.capabilities.hazards.access import visible_hazards
        from bihuan.capabilities.hazards.checking import verify_listings_and_spot_checks
        from bihuan.capabilities.hazards.loop import HAZARD
        from bihuan.kernel.loops import registry
        from bihuan.kernel.policies.values import after_set
        from bihuan.kernel.record import findings

        assert figures.HAZARDS, "importing the figures registers them"
        pages.install()
        intake.install()
        spot_pages.install()
        after_set(filing.FILING_DAY, filing.refile)
        findings.also_check("hazards.listings", verify_listings_and_spot_checks)
        registry.run(
            HAZARD,
            visible=visible_hazards,
            ladder=lambda declared, hazard: (
                "hazard.major_escalation" if hazard.grade == "major" else declared
            ),
        )
