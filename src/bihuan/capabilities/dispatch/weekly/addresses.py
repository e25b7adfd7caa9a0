"""Addresses of the weekly room; they stand before the made pages of the loops."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, register_converter

from bihuan.capabilities.dispatch.weekly import fill_page, setting_page, summary_page, week_page


class File:
    """The two files a form is taken away in."""

    regex = "xlsx|docx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(File, "weekly_file")

urlpatterns: list[URLPattern | URLResolver] = [
    path("weekly/", week_page.week_page, name="weekly"),
    path("weekly/summary/", summary_page.summary_page, name="weekly_summary"),
    path(
        "weekly/summary/paper.<weekly_file:ending>", summary_page.summary_paper, name="weekly_summary_paper"
    ),
    path("weekly/setting/", setting_page.setting_page, name="weekly_setting"),
    path("weekly/setting/template/", setting_page.template_page, name="weekly_template"),
    path("weekly/setting/units/", setting_page.unit_page, name="weekly_unit"),
    path("weekly/setting/units/<int:pk>/release/", setting_page.release_page, name="weekly_release"),
    path("weekly/<str:no>/file/", fill_page.file_page, name="weekly_file"),
    path("weekly/<str:no>/correct/", fill_page.correct_page, name="weekly_correct"),
    path("weekly/<str:no>/form.<weekly_file:ending>", summary_page.form_paper, name="weekly_paper"),
    path("weekly/<str:no>/changes/", summary_page.changes_page, name="weekly_changes"),
    path("weekly/<str:no>/editions/<int:edition>/", summary_page.edition_page, name="weekly_edition"),
]
