from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "bihuan.registers.instruments"
    label = "instruments"
    verbose_name = "执法文书"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.web.auditing.words import Trail, name_trail
        from bihuan.kernel.web.places import add_operations, add_urls
        from bihuan.kernel.web.sections import tell_of_matter
        from bihuan.registers.instruments import chains
        from bihuan.registers.instruments.pages import addresses, section

        chains.register()
        add_urls(addresses.urlpatterns)
        add_operations("bihuan.registers.instruments.api")
        tell_of_matter(40, section.section_of)
        for kind, (label, prefixes) in chains.TRAILS.items():
            name_trail(kind, Trail(label, chains.VERBS, prefixes, chains.known_chain))
