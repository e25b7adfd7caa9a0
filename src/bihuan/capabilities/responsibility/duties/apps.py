from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "bihuan.capabilities.responsibility.duties"
    label = "duties"
    verbose_name = "责任清单"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.responsibility.duties import (
            coverage,
            enterprise,
            figures,
            pages,
            staffing,
            trail,
        )
        from bihuan.capabilities.responsibility.duties.companion import COMPANION
        from bihuan.capabilities.responsibility.duties.spelling import declare
        from bihuan.kernel.objects.models import SupervisedObject
        from bihuan.kernel.people.companions import ask_for
        from bihuan.kernel.people.models import Post
        from bihuan.kernel.territory.models import Agency
        from bihuan.kernel.web.auditing.called import Shelf, rows_called
        from bihuan.kernel.web.auditing.words import Trail, name_trail

        assert figures.SPELLS, "importing the figures registers them"
        for check in (*coverage.CHECKS, *enterprise.CHECKS, *staffing.CHECKS):
            declare(check)
        ask_for(COMPANION)
        called = rows_called(
            {
                f"{trail.PREFIX}post/": Shelf(Post, "title"),
                f"{trail.PREFIX}unit/": Shelf(Agency),
                f"{trail.PREFIX}list/": Shelf(Agency, words="{}的责任清单"),
                f"{trail.PREFIX}object/": Shelf(SupervisedObject),
            }
        )
        name_trail(trail.KIND, Trail("职责与清单", trail.VERBS, (trail.PREFIX,), trail.chain_of, called))
        pages.install()
