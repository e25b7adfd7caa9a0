from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "bihuan.capabilities.enforcement.measures"
    label = "measures"
    verbose_name = "行政强制与停产整顿"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.enforcement.measures import figures, pages, supplier_pages, suppliers
        from bihuan.capabilities.enforcement.measures.access import visible_failures, visible_measures
        from bihuan.capabilities.enforcement.measures.failure_loop import SUPPLY_FAILURE
        from bihuan.capabilities.enforcement.measures.loop import MEASURE
        from bihuan.kernel.loops import registry
        from bihuan.kernel.web.auditing.words import Trail, name_trail
        from bihuan.kernel.web.places import add_urls

        assert figures.MEASURES, "importing the figures registers them"
        pages.install()
        add_urls(supplier_pages.urlpatterns)
        name_trail(
            suppliers.KIND, Trail("供应单位", suppliers.VERBS, (suppliers.PREFIX,), suppliers.trail_of)
        )
        registry.run(MEASURE, visible=visible_measures)
        registry.run(SUPPLY_FAILURE, visible=visible_failures)
