from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "bihuan.capabilities.enforcement.disclosure"
    label = "disclosure"
    verbose_name = "执法公示与分析"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.enforcement import pages
        from bihuan.capabilities.enforcement.disclosure import counting, figures, records
        from bihuan.capabilities.enforcement.disclosure.views import addresses, inside
        from bihuan.capabilities.enforcement.loop import CASE
        from bihuan.kernel.loops.registry import after
        from bihuan.kernel.web import places

        assert figures.PUBLISHED, "importing the figures registers them"
        records.install()
        for verb in counting.CHANGING:
            after(CASE.name, verb, counting.follow)
        places.add_urls(addresses.urlpatterns)
        for label, href in (
            ("执法公示", inside.DISCLOSURE),
            ("执法分析", inside.ANALYSIS),
            ("执法监督", inside.SCORES),
        ):
            pages.stand_beside(label, href)
