from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "bihuan.capabilities.responsibility.committees"
    label = "committees"
    verbose_name = "安委会"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.responsibility.committees import chairs, compliance, figures, pages, trail
        from bihuan.capabilities.responsibility.duties.spelling import declare
        from bihuan.kernel.responsibility.chairs import ask
        from bihuan.kernel.web.auditing.words import Trail, name_trail

        ask(chairs.chair_of)
        assert figures.NAMES, "importing the figures registers them"
        for check in compliance.CHECKS:
            declare(check)
        name_trail(trail.KIND, Trail("安委会与重点工作", trail.VERBS, (trail.PREFIX,), trail.chain_of))
        pages.install()
