from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "bihuan.capabilities.responsibility.committees"
    label = "committees"
    verbose_name = "安委会"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.responsibility.committees import chairs, compliance, figures, pages, trail
        from bihuan.capabilities.responsibility.committees.models import Committee
        from bihuan.capabilities.responsibility.duties.spelling import declare
        from bihuan.kernel.people.models import Post
        from bihuan.kernel.responsibility.chairs import ask
        from bihuan.kernel.territory.models import Region
        from bihuan.kernel.web.auditing.called import Shelf, rows_called
        from bihuan.kernel.web.auditing.words import Trail, name_trail

        ask(chairs.chair_of)
        assert figures.NAMES, "importing the figures registers them"
        for check in compliance.CHECKS:
            declare(check)
        called = rows_called(
            {
                trail.PREFIX: Shelf(Committee),
                f"{trail.PREFIX}leader/": Shelf(Post, "title"),
                f"{trail.PREFIX}place/": Shelf(Region, words="{}班子"),
            }
        )
        name_trail(
            trail.KIND, Trail("安委会与重点工作", trail.VERBS, (trail.PREFIX,), trail.chain_of, called)
        )
        pages.install()
