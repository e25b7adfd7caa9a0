from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "bihuan.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.objects.models import SupervisedObject
        from bihuan.kernel.responsibility.sources import feed
        from bihuan.kernel.territory.models import Region, Sector
        from bihuan.kernel.web.auditing.called import Shelf, rows_called
        from bihuan.kernel.web.auditing.words import Trail, name_trail
        from bihuan.kernel.web.places import add_operations
        from bihuan.kernel.workbooks.importing import after_reading
        from bihuan.registers import trail
        from bihuan.registers.enterprises.principals import principals
        from bihuan.registers.legal_ranges import declare_legal_ranges
        from bihuan.registers.pages import addresses
        from bihuan.registers.sector_words import note_unknown

        declare_legal_ranges()
        addresses.install()
        add_operations("bihuan.registers.api")
        after_reading(note_unknown)
        feed("registers", principals)
        shelves = {"object/": Shelf(SupervisedObject), "region/": Shelf(Region), "sector/": Shelf(Sector)}
        called = rows_called(shelves)
        name_trail(trail.KIND, Trail("登记与核实", trail.VERBS, tuple(shelves), trail.trail_of, called))
