from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "bihuan.capabilities.dispatch.meetings"
    label = "meetings"
    verbose_name = "会议与督导"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.dispatch.meetings import (
            addresses,
            cadence,
            figures,
            pages,
            places,
            visit_pages,
        )
        from bihuan.capabilities.dispatch.meetings.access import visible_meetings, visible_visits
        from bihuan.capabilities.dispatch.meetings.expecting import KINDS
        from bihuan.capabilities.dispatch.meetings.loop import MEETING
        from bihuan.capabilities.dispatch.meetings.visit_loop import VISIT
        from bihuan.kernel.expectations.kinds import declare_kind
        from bihuan.kernel.loops import registry
        from bihuan.kernel.policies.values import after_set
        from bihuan.kernel.web import frame
        from bihuan.kernel.web import places as web_places

        assert figures.MEETINGS, "importing the figures registers them"
        pages.install()
        visit_pages.install()
        web_places.add_urls(addresses.urlpatterns)
        frame.offer(28, places.entry)
        for kind in KINDS:
            declare_kind(kind)
        after_set(cadence.CHOICE, cadence.rechosen)
        registry.run(MEETING, visible=visible_meetings)
        registry.run(VISIT, visible=visible_visits)
