from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "bihuan.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "报表"

    def ready(self) -> None:
        from bihuan.kernel.record import heads
        from bihuan.kernel.web import frame, places
        from bihuan.kernel.web.auditing.words import Trail, name_trail
        from bihuan.reporting import regular, sections, urls
        from bihuan.reporting.access import READERS
        from bihuan.reporting.issuing import RECORD_KIND, ends
        from bihuan.reporting.sections import (
            accidents,
            ahead,
            archive_index,
            campaigns,
            enforcement,
            filing_record,
            fire,
            five_years,
            hazards,
            letters,
            majors,
            measures,
            meetings,
            packs,
            rates,
            recurrences,
            tasks,
            tipoffs,
            trades,
            unit_problems,
            weekly,
        )
        from bihuan.reporting.templating import trail

        for room in (
            accidents, meetings, tasks, letters, campaigns, hazards, recurrences, majors, weekly, measures, trades, fire, tipoffs,
            enforcement, filing_record, unit_problems, ahead, five_years, rates,
            archive_index,
        ):  # fmt: skip
            sections.register(room.SECTION)
        for section in packs.SECTIONS:
            sections.register(section)
        heads.register(RECORD_KIND, ends)
        heads.register(trail.KIND, trail.ends)
        name_trail(trail.KIND, Trail("报告模板", trail.VERBS, (trail.PREFIX,), trail.chain_of))
        regular.declare_kinds()
        places.add_urls(urls.urlpatterns)
        places.add_operations("bihuan.reporting.api")
        frame.offer(
            80,
            frame.for_roles(
                "报表", "/reports/", "report-analytics", READERS, also=("/archives/", "/three-lists/")
            ),
        )
