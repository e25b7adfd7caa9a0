from django.apps import AppConfig


class ChecklistsConfig(AppConfig):
    name = "bihuan.registers.checklists"
    label = "checklists"
    verbose_name = "检查表"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.kernel.web.auditing.called import Shelf, rows_called
        from bihuan.kernel.web.auditing.words import Trail, name_trail
        from bihuan.kernel.web.places import add_operations
        from bihuan.registers.checklists import addresses, trail
        from bihuan.registers.checklists.models import Checklist

        addresses.install()
        add_operations("bihuan.registers.checklists.api")
        prefix = f"{trail.KIND}/"
        called = rows_called({prefix: Shelf(Checklist, "title", key="code")})
        name_trail(trail.KIND, Trail("检查表", trail.VERBS, (prefix,), trail.trail_of, called))
