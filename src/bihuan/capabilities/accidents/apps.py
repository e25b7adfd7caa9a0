from django.apps import AppConfig


class AccidentsConfig(AppConfig):
    name = "bihuan.capabilities.accidents"
    label = "accidents"
    verbose_name = "生产安全事故"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bihuan.capabilities.accidents import (
            addresses,
            counted,
            figures,
            law,
            pages,
            places,
            statistic_places,
        )
        from bihuan.capabilities.accidents.access import visible_accidents
        from bihuan.capabilities.accidents.checking import verify_versions
        from bihuan.capabilities.accidents.following import follow_object, follow_town
        from bihuan.capabilities.accidents.lessons import pages as lesson_pages
        from bihuan.capabilities.accidents.lessons.access import visible_lessons
        from bihuan.capabilities.accidents.lessons.loop import LESSON
        from bihuan.capabilities.accidents.lessons.opening import draft_of
        from bihuan.capabilities.accidents.loop import ACCIDENT
        from bihuan.capabilities.accidents.monthly import opening as monthly
        from bihuan.capabilities.accidents.monthly import pages as monthly_pages
        from bihuan.capabilities.accidents.monthly.access import visible_forecasts, visible_returns
        from bihuan.capabilities.accidents.monthly.kinds import KINDS
        from bihuan.capabilities.accidents.monthly.loops import ACCIDENT_RETURN, RISK_FORECAST
        from bihuan.capabilities.accidents.warnings import pages as warning_pages
        from bihuan.capabilities.accidents.warnings.access import visible_warnings
        from bihuan.capabilities.accidents.warnings.loop import EARLY_WARNING
        from bihuan.kernel.expectations.kinds import Kind, declare_kind
        from bihuan.kernel.loops import registry
        from bihuan.kernel.policies.values import after_set
        from bihuan.kernel.record import findings
        from bihuan.kernel.web import frame
        from bihuan.kernel.web import places as web_places
        from bihuan.registers.enterprises.standing import follow_mergers
        from bihuan.registers.towns import follow_town_mergers

        law.declare_policies()
        assert figures.ACCIDENTS, "importing the figures registers them"
        pages.install()
        lesson_pages.install()
        monthly_pages.install()
        warning_pages.install()
        counted.install()
        statistic_places.install()
        web_places.add_operations("bihuan.capabilities.accidents.rates.api")
        web_places.add_urls(addresses.urlpatterns)
        findings.also_check("accidents.versions", verify_versions)
        frame.offer(22, places.entry)
        registry.run(ACCIDENT, visible=visible_accidents)
        registry.run(LESSON, visible=visible_lessons)
        registry.run(ACCIDENT_RETURN, visible=visible_returns)
        registry.run(RISK_FORECAST, visible=visible_forecasts)
        registry.run(EARLY_WARNING, visible=visible_warnings)
        for form in KINDS:
            declare_kind(Kind(form.name, place=monthly.place_of, label=form.title, stated_there=True))
            after_set(form.day_policy, monthly.refile)
        registry.after("accident", "verify", lambda accident, given, context: draft_of(accident))
        follow_mergers("accidents", follow_object)
        follow_town_mergers("accidents", follow_town)
