from django.apps import AppConfig


class EconomyConfig(AppConfig):
    name = "bihuan.registers.economy"
    label = "economy"
    verbose_name = "统计基数"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.web.auditing.words import Trail, name_trail
        from bihuan.kernel.web.places import add_operations
        from bihuan.registers.economy import addresses, trail

        addresses.install()
        add_operations("bihuan.registers.economy.api")
        name_trail(trail.KIND, Trail("统计基数", trail.VERBS, trail.PREFIXES, trail.trail_of))
