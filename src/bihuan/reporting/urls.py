"""Addresses of the reporting room; they stand before the made pages of the loops."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, register_converter

from bihuan.reporting.pages import counted, issues, printouts, reports, three


class Ending:
    """The two papers a report has."""

    regex = "docx|pdf"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Ending, "paper")

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", reports.list_page, name="reports"),
    path("reports/new/", reports.begin_page, name="begin_report"),
    path("reports/preview/", reports.preview_page, name="preview_report"),
    path("reports/printouts/<uuid:uid>/", printouts.printout_page, name="printout"),
    path("reports/printouts/<uuid:uid>/paper.<paper:ending>", printouts.paper, name="printout_paper"),
    path("reports/counted/<str:name>/", counted.counted_page, name="counted"),
    path("reports/<slug:no>/", reports.report_page, name="report"),
    path("reports/<slug:no>/write/", reports.write_page, name="write_report"),
    path("reports/<slug:no>/proof/", printouts.proof_page, name="proof_report"),
    path("reports/<slug:no>/issue/", issues.issue_page, name="issue_report"),
    path("reports/<slug:no>/issues/<int:ordinal>/", issues.issued_page, name="issued_report"),
    path("reports/<slug:no>/issues/<int:ordinal>/changes/", issues.changes_page, name="report_changes"),
    path("reports/<slug:no>/issues/<int:ordinal>/paper.<paper:ending>", issues.paper, name="issued_paper"),
    path("three-lists/", three.lists_page, name="three_lists"),
    path("three-lists/export.xlsx", three.export, name="three_lists_export"),
    path("three-lists/print/", three.print_page, name="three_lists_print"),
]
