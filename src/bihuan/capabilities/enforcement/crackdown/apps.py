from django.apps import AppConfig


class CrackdownConfig(AppConfig):
    name = "bihuan.capabilities.enforcement.crackdown"
    label = "crackdown"
    verbose_name = "打非治违"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.enforcement.crackdown import figures, pages, trail
        from bihuan.capabilities.enforcement.crackdown.access import visible_items
        from bihuan.capabilities.enforcement.crackdown.loop import CRACKDOWN
        from bihuan.capabilities.enforcement.crackdown.views import addresses
        from bihuan.kernel.loops import registry
        from bihuan.kernel.web import places
        from bihuan.kernel.web.auditing.words import Trail, name_trail

        assert figures.ITEMS, "importing the figures registers them"
        name_trail(trail.KIND, Trail("打非治违登记", trail.VERBS, (trail.PREFIX,), trail.chain_of))
        pages.install()
        addresses.install()
        places.add_urls(addresses.urlpatterns)
        registry.run(CRACKDOWN, visible=visible_items)
