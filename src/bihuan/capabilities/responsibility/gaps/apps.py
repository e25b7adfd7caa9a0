from django.apps import AppConfig


class GapsConfig(AppConfig):
    name = "bihuan.capabilities.responsibility.gaps"
    label = "gaps"
    verbose_name = "监管盲区"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.responsibility.gaps import figures, pages, views
        from bihuan.capabilities.responsibility.gaps.access import visible_gaps
        from bihuan.capabilities.responsibility.gaps.loop import GAP
        from bihuan.kernel.loops import registry

        assert figures.GAPS, "importing the figures registers them"
        pages.install()
        views.install()
        registry.run(GAP, visible=visible_gaps)
