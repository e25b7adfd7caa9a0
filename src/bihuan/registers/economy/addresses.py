"""Where the pages of published numbers stand, and that their workbook is taken in."""

from __future__ import annotations

from django.urls import path

from bihuan.kernel.web import parts
from bihuan.kernel.web.places import Address, Intake, add_urls, take_in
from bihuan.registers.economy import keeping, pages
from bihuan.registers.economy.places import HERE, LABEL

urlpatterns: list[Address] = [
    path("economy/", pages.list_page, name="economy"),
    path("economy/new/", pages.new_value, name="new_published_value"),
    path("economy/<int:pk>/", pages.one_page, name="published_value"),
]


def install() -> None:
    """Serve the pages and offer the workbook."""
    add_urls(urlpatterns)
    take_in(
        Intake(
            kind="economy",
            label=LABEL,
            says="地区生产总值、就业人员等公布数，以及上级公布的死亡率；报告的相对指标由它们计算。",
            roles=keeping.KEEPERS,
            unit="项",
            after=lambda batch, result: [parts.Link("打开统计基数", HERE)],
            order=70,
        )
    )
