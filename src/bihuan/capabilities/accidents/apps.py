from django.apps import AppConfig


class AccidentsConfig(AppConfig):
    name = "bihuan.capabilities.accidents"
    label = "accidents"
    verbose_name = "生产安全事故"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.accidents import addresses, counted, figures, law, pages, places
        from bihuan.capabilities.accidents.access import visible_accidents
        from bihuan.capabilities.accidents.loop import ACCIDENT
        from bihuan.kernel.loops import registry
        from bihuan.kernel.web import frame
        from bihuan.kernel.web import places as web_places

        law.declare_policies()
        assert figures.ACCIDENTS, "importing the figures registers them"
        pages.install()
        counted.install()
        web_places.add_urls(addresses.urlpatterns)
        frame.offer(22, places.entry)
        registry.run(ACCIDENT, visible=visible_accidents)
