from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "bihuan.capabilities.dispatch"
    label = "dispatch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.dispatch import figures, pages
        from bihuan.capabilities.dispatch.access import visible_tasks
        from bihuan.capabilities.dispatch.hands import UNIT_ROLES
        from bihuan.capabilities.dispatch.loop import TASK
        from bihuan.kernel.loops import registry
        from bihuan.kernel.web import frame

        assert figures.TASKS, "importing the figures registers them"
        pages.install()
        frame.offer(25, frame.for_roles("任务", "/tasks/", "list-check", UNIT_ROLES))
        registry.run(TASK, visible=visible_tasks)
