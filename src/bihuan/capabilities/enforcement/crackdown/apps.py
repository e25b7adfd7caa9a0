from django.apps import AppConfig


class CrackdownConfig(AppConfig):
    name = "bihuan.capabilities.enforcement.crackdown"
    label = "crackdown"
    verbose_name = "打非治违"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.enforcement import pages as case_pages
        from bihuan.capabilities.enforcement.crackdown import cases, figures, pages, trail
        from bihuan.capabilities.enforcement.crackdown.access import visible_items
        from bihuan.capabilities.enforcement.crackdown.loop import CRACKDOWN
        from bihuan.capabilities.enforcement.crackdown.views import addresses
        from bihuan.capabilities.enforcement.loop import CASE
        from bihuan.kernel.loops import registry
        from bihuan.kernel.people.models import Role
        from bihuan.kernel.web import frame, places
        from bihuan.kernel.web.auditing.words import Trail, name_trail

        assert figures.ITEMS, "importing the figures registers them"
        name_trail(trail.KIND, Trail("打非治违登记", trail.VERBS, (trail.PREFIX,), trail.chain_of))
        pages.install()
        addresses.install()
        places.add_urls(addresses.urlpatterns)
        registry.run(CRACKDOWN, visible=visible_items)
        registry.after(CASE.name, "file", cases.follow)
        case_pages.stand_beside("打非治违", "/crackdown/")
        frame.offer(21, frame.for_roles("打非治违", "/crackdown/", "ban", frozenset({Role.GRID})))
