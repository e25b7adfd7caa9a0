from django.apps import AppConfig


class TipoffsConfig(AppConfig):
    name = "bihuan.capabilities.tipoffs"
    label = "tipoffs"
    verbose_name = "举报投诉"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.tipoffs import addresses, batch_pages, figures, law, pages, places
        from bihuan.capabilities.tipoffs.access import visible_batches, visible_items
        from bihuan.capabilities.tipoffs.batch_loop import BATCH
        from bihuan.capabilities.tipoffs.following import follow_object, follow_town
        from bihuan.capabilities.tipoffs.loop import ITEM
        from bihuan.capabilities.tipoffs.reconciling import verify_levels
        from bihuan.kernel.loops import registry
        from bihuan.kernel.record import findings
        from bihuan.kernel.web import frame
        from bihuan.kernel.web import places as web_places
        from bihuan.registers.enterprises.standing import follow_mergers
        from bihuan.registers.towns import follow_town_mergers

        law.declare_policies()
        assert figures.ITEMS, "importing the figures registers them"
        pages.install()
        batch_pages.install()
        web_places.add_urls(addresses.urlpatterns)
        findings.also_check("tipoffs.levels", verify_levels)
        frame.offer(23, places.entry)
        registry.run(BATCH, visible=visible_batches)
        registry.run(ITEM, visible=visible_items)
        follow_mergers("tipoffs", follow_object)
        follow_town_mergers("tipoffs", follow_town)
