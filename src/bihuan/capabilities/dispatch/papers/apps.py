from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "bihuan.capabilities.dispatch.papers"
    label = "papers"
    verbose_name = "讲话与文件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.dispatch.papers import figures, following, pages
        from bihuan.capabilities.dispatch.papers.access import visible_papers
        from bihuan.capabilities.dispatch.papers.hands import READERS
        from bihuan.capabilities.dispatch.papers.loop import PAPER
        from bihuan.kernel.loops import registry
        from bihuan.kernel.web import frame

        assert figures.PAPERS, "importing the figures registers them"
        pages.install()
        frame.offer(27, frame.for_roles("讲话与文件", "/papers/", "file-text", READERS))
        registry.run(PAPER, visible=visible_papers)
        registry.after("task", "accept", following.task_ended)
        registry.after("task", "withdraw", following.task_ended)
        registry.after("task", "reopen", following.task_reopened)
