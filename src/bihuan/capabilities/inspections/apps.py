from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "bihuan.capabilities.inspections"
    label = "inspections"
    verbose_name = "监督检查"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.inspections import figures, object_section, pages, site, statistics, workload
        from bihuan.capabilities.inspections.access import visible_inspections
        from bihuan.capabilities.inspections.loop import INSPECTION
        from bihuan.kernel.loops import registry

        assert figures.INSPECTIONS, "importing the figures registers them"
        pages.install()
        site.install()
        statistics.install()
        object_section.install()
        workload.install()
        registry.run(INSPECTION, visible=visible_inspections)
