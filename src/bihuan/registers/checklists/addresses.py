"""Where the pages of checklists stand."""

from __future__ import annotations

from django.urls import path

from bihuan.kernel.web import parts
from bihuan.kernel.web.places import Address, Intake, add_urls, take_in
from bihuan.registers.checklists import deeds, keeping, pages
from bihuan.registers.checklists.places import HERE

_BASE = "checklists/"
urlpatterns: list[Address] = [
    path(_BASE, pages.list_page, name="checklists"),
    path(f"{_BASE}new/", deeds.new_list, name="new_checklist"),
    path(f"{_BASE}<slug:code>/", pages.one_page, name="checklist"),
    path(f"{_BASE}<slug:code>/versions/new/", deeds.new_version, name="new_checklist_version"),
    path(f"{_BASE}<slug:code>/<int:number>.<str:ending>", pages.paper, name="checklist_paper"),
    path(f"{_BASE}<slug:code>/<int:number>/items/new/", deeds.new_item, name="new_checklist_item"),
    path(f"{_BASE}<slug:code>/<int:number>/end/", deeds.end_version, name="end_checklist_version"),
    path(f"{_BASE}<slug:code>/<int:number>/<slug:key>/", deeds.change_item, name="change_checklist_item"),
    path(f"{_BASE}<slug:code>/<int:number>/<slug:key>/drop/", deeds.drop_item, name="drop_checklist_item"),
]


def install() -> None:
    """Serve the pages and offer the workbook."""
    add_urls(urlpatterns)
    take_in(
        Intake(
            kind="checklists",
            label="检查表",
            says="本区自编的检查表，或已有检查表的本区新版；名称相同的行是一张表。",
            roles=keeping.KEEPERS,
            unit="项",
            after=lambda batch, result: [parts.Link("打开检查表", HERE)],
            order=60,
        )
    )
