"""Addresses of the crackdown's own pages; they stand before the made pages of the loops."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from bihuan.capabilities.enforcement.crackdown.hands import REPORTING, UNITS
from bihuan.capabilities.enforcement.crackdown.strip import hang
from bihuan.capabilities.enforcement.crackdown.views import explosives, others, pledges, statistics, sweeps

urlpatterns: list[URLPattern | URLResolver] = [
    path("crackdown/statistics/", statistics.statistics_page, name="crackdown_statistics"),
    path(
        "crackdown/statistics/paper.<str:ending>",
        statistics.statistics_paper,
        name="crackdown_statistics_paper",
    ),
    path("crackdown/sweeps/", sweeps.list_page, name="sweeps"),
    path("crackdown/sweeps/new/", sweeps.plan_page, name="plan_sweep"),
    path("crackdown/sweeps/<uuid:uid>/", sweeps.sweep_page, name="sweep"),
    path("crackdown/sweeps/<uuid:uid>/unswept.<str:ending>", sweeps.unswept_paper, name="unswept"),
    path("crackdown/sweeps/<uuid:uid>/<int:village>/<slug:kind>/", sweeps.mark_page, name="mark_sweep"),
    path("crackdown/pledges/", pledges.list_page, name="pledges"),
    path("crackdown/pledges/list/", pledges.list_out_page, name="list_pledges"),
    path("crackdown/pledges/groups/new/", pledges.group_page, name="add_pledge_group"),
    path("crackdown/pledges/unsigned.<str:ending>", pledges.unsigned_paper, name="unsigned_pledges"),
    path("crackdown/pledges/<int:pk>/sign/", pledges.sign_page, name="sign_pledge"),
    path("crackdown/police/", others.police_page, name="police_leads"),
    path("crackdown/police/paper.<str:ending>", others.police_paper, name="police_leads_paper"),
    path("crackdown/seven/", others.seven_page, name="seven_targets"),
    path("crackdown/names/<slug:family>/", others.names_page, name="crackdown_names"),
    path("crackdown/explosives/", explosives.explosives_page, name="explosives"),
    path("crackdown/explosives/records/new/", explosives.record_page, name="record_explosives"),
    path("crackdown/explosives/limits/new/", explosives.limit_page, name="limit_explosives"),
    path("crackdown/links/new/", explosives.link_page, name="check_link"),
]


def install() -> None:
    """Hang the pages under 打非治违."""
    hang(20, "统计", statistics.STATISTICS, REPORTING)
    hang(30, "拉网摸排", sweeps.SWEEPS, REPORTING)
    hang(40, "责任状", pledges.PLEDGES, UNITS)
    hang(50, "公安线索", others.POLICE, UNITS)
    hang(60, "七打七治", others.SEVEN, REPORTING)
    hang(70, "民爆比对", explosives.EXPLOSIVES, UNITS)
