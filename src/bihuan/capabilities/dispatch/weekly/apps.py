from django.apps import AppConfig


class WeeklyConfig(AppConfig):
    name = "bihuan.capabilities.dispatch.weekly"
    label = "weekly"
    verbose_name = "周调度"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.dispatch.hands import UNIT_ROLES
        from bihuan.capabilities.dispatch.weekly import addresses, pages
        from bihuan.capabilities.dispatch.weekly.access import visible_forms
        from bihuan.capabilities.dispatch.weekly.filing import KIND
        from bihuan.capabilities.dispatch.weekly.loop import WEEKLY
        from bihuan.capabilities.dispatch.weekly.setting import RECORD_KIND, ends
        from bihuan.kernel.expectations.kinds import Kind, declare_kind
        from bihuan.kernel.loops import registry
        from bihuan.kernel.record import heads
        from bihuan.kernel.web import frame, places

        pages.install()
        places.add_urls(addresses.urlpatterns)
        frame.offer(30, frame.for_roles("周调度", "/weekly/", "calendar", UNIT_ROLES))
        registry.run(WEEKLY, visible=visible_forms)
        heads.register(RECORD_KIND, ends)
        declare_kind(
            Kind(KIND, place=lambda due: f"/weekly/?week={due.period}", label="周调度表", stated_there=True)
        )
