from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "bihuan.capabilities.dispatch.campaigns"
    label = "campaigns"
    verbose_name = "专项行动"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.urls import path

        from bihuan.capabilities.dispatch.campaigns import figures, naming, pages, unknown
        from bihuan.capabilities.dispatch.campaigns.access import visible_campaigns
        from bihuan.capabilities.dispatch.campaigns.loop import CAMPAIGN
        from bihuan.capabilities.dispatch.hands import UNIT_ROLES
        from bihuan.kernel import campaigns
        from bihuan.kernel.loops import registry
        from bihuan.kernel.web import frame, places

        assert figures.TARGETS, "importing the figures registers them"
        campaigns.take_from(naming.tags)
        pages.install()
        places.add_urls([path("campaigns/names/", unknown.unknown_page, name="campaign_names")])
        frame.offer(
            29,
            frame.for_roles(
                "专项行动", "/campaigns/", "flag", UNIT_ROLES, also=("/windows/", "/milestones/")
            ),
        )
        registry.run(CAMPAIGN, visible=visible_campaigns)
