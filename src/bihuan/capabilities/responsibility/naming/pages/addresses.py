"""Where the pages of namings stand."""

from __future__ import annotations

from django.urls import path

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.naming.pages import (
    approving,
    entering,
    lists,
    network,
    regulators,
    sections,
    who,
)
from bihuan.kernel.web.places import Address, add_urls
from bihuan.kernel.web.sections import link_chain, tell_section

urlpatterns: list[Address] = [
    path("responsibility/who/", who.who, name="who_was_responsible"),
    path("responsibility/network/", network.page, name="supervision_network"),
    path("responsibility/network/export.xlsx", network.export, name="supervision_network_export"),
    path("responsibility/regulators/", regulators.matrix, name="regulators"),
    path("responsibility/regulators/<slug:code>/", regulators.one, name="regulators_of_sector"),
    path("responsibility/regulators/<slug:code>/new/", regulators.new, name="assign_regulator"),
    path("responsibility/regulators/<slug:code>/<int:pk>/end/", regulators.end, name="end_regulator"),
    path("responsibility/approvals/new/", approving.new, name="note_approval"),
    path("responsibility/naming/", lists.index, name="namings"),
    path("responsibility/naming/<slug:kind>/", lists.of_kind, name="namings_of_kind"),
    path("responsibility/naming/<slug:kind>/new/", entering.new, name="name_somebody"),
    path("responsibility/naming/<slug:kind>/<int:pk>/", entering.one, name="naming"),
    path("responsibility/naming/<slug:kind>/<int:pk>/end/", entering.end, name="end_naming"),
]


def install() -> None:
    """Serve the pages, hang them under 责任, and show on objects and matters what this room knows."""
    add_urls(urlpatterns)
    places.offer(10, "责任认定", who.HERE, says="任何一家、任何一天，谁负责，依据哪条规则；可以打印")
    places.offer(
        20, "包保分工", lists.HERE, says="包保片区、分管行业、包联企业、责任区、网格，谁从哪天到哪天"
    )
    places.offer(25, "行业监管关系", regulators.HERE, says="每个行业的牵头、配合、专项和兜底部门")
    places.offer(35, "监管网络", network.HERE, says="行业 × 层级，每格一个名字，空格列出来")
    tell_section(10, sections.bound_section)
    tell_section(20, sections.signatures)
    link_chain(places.UNITS, "责任认定（可选任意一天）", who.link)
