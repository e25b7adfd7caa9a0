from django.apps import AppConfig


class WindowsConfig(AppConfig):
    name = "bihuan.capabilities.dispatch.windows"
    label = "windows"
    verbose_name = "重点时段"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.dispatch.windows import addresses, pages
        from bihuan.capabilities.dispatch.windows.access import visible_windows
        from bihuan.capabilities.dispatch.windows.loop import WINDOW
        from bihuan.capabilities.dispatch.windows.milestones import pages as milestone_pages
        from bihuan.capabilities.dispatch.windows.milestones.access import visible_projects
        from bihuan.capabilities.dispatch.windows.milestones.loop import PROJECT
        from bihuan.capabilities.dispatch.windows.turning import FAMILY
        from bihuan.kernel.expectations.kinds import Kind, declare_kind
        from bihuan.kernel.loops import registry
        from bihuan.kernel.web import places

        pages.install()
        milestone_pages.install()
        places.add_urls(addresses.urlpatterns)
        declare_kind(Kind(FAMILY, place=lambda row: f"/windows/{row.kind.partition('.')[2]}/report/"))
        registry.run(WINDOW, visible=visible_windows)
        registry.run(PROJECT, visible=visible_projects)
