"""Addresses of the reporting room; they stand before the made pages of the loops."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, register_converter

from bihuan.reporting.pages import (
    archives,
    counted,
    issues,
    printouts,
    reports,
    template_editing,
    templates,
    three,
    writing,
)


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
    path("reports/templates/", templates.list_page, name="report_templates"),
    path("reports/templates/<slug:kind>/", templates.template_page, name="report_template"),
    path("reports/templates/<slug:kind>/edit/", template_editing.edit_page, name="edit_template"),
    path("reports/templates/<slug:kind>/preview/", template_editing.preview_page, name="preview_template"),
    path("reports/templates/<slug:kind>/release/", templates.release_page, name="release_template"),
    path(
        "reports/templates/<slug:kind>/versions/<int:ordinal>/",
        templates.version_page,
        name="template_version",
    ),
    path(
        "reports/templates/<slug:kind>/versions/<int:ordinal>/use/", templates.use_page, name="use_template"
    ),
    path("reports/<slug:no>/", reports.report_page, name="report"),
    path("reports/<slug:no>/write/", writing.write_page, name="write_report"),
    path("reports/<slug:no>/template/", writing.newer_page, name="newer_template"),
    path("reports/<slug:no>/proof/", printouts.proof_page, name="proof_report"),
    path("reports/<slug:no>/issue/", issues.issue_page, name="issue_report"),
    path("reports/<slug:no>/last-year/", issues.last_year_page, name="report_last_year"),
    path("reports/<slug:no>/issues/<int:ordinal>/", issues.issued_page, name="issued_report"),
    path("reports/<slug:no>/issues/<int:ordinal>/changes/", issues.changes_page, name="report_changes"),
    path("reports/<slug:no>/issues/<int:ordinal>/paper.<paper:ending>", issues.paper, name="issued_paper"),
    path("reports/<slug:no>/issues/<int:ordinal>/figures.pdf", issues.figures_paper, name="issued_figures"),
    path("archives/", archives.departments_page, name="archives"),
    path("archives/<int:year>/list.<paper:ending>", archives.list_paper, name="archives_list"),
    path("archives/<int:year>/<int:agency>/", archives.archive_page, name="archive"),
    path("archives/<int:year>/<int:agency>/pack/", archives.pack_page, name="archive_pack"),
    path("archives/<int:year>/<int:agency>/<slug:loop>/<slug:no>/", archives.item_page, name="archive_item"),
    path("three-lists/", three.lists_page, name="three_lists"),
    path("three-lists/export.xlsx", three.export, name="three_lists_export"),
    path("three-lists/print/", three.print_page, name="three_lists_print"),
]
