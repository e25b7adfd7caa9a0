from django.apps import AppConfig


class TipoffsConfig(AppConfig):
    name = "bihuan.capabilities.tipoffs"
    label = "tipoffs"
    verbose_name = "举报投诉"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.tipoffs import figures, law
        from bihuan.capabilities.tipoffs.access import visible_batches, visible_items
        from bihuan.capabilities.tipoffs.batch_loop import BATCH
        from bihuan.capabilities.tipoffs.loop import ITEM
        from bihuan.kernel.loops import registry

        law.declare_policies()
        assert figures.ITEMS, "importing the figures registers them"
        registry.run(BATCH, visible=visible_batches)
        registry.run(ITEM, visible=visible_items)
