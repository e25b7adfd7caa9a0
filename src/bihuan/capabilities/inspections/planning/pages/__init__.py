"""The pages of planning: made ones for plans, draws and rounds; own ones for lists, the live draw, packs and coverage."""

from __future__ import annotations

from django.urls import path

from bihuan.capabilities.inspections import places
from bihuan.capabilities.inspections.planning.figures import KEYS, LINES
from bihuan.capabilities.inspections.planning.pages import (
    coverage,
    draws,
    fire,
    live,
    packs,
    plans,
    programmes,
    public,
    rounds,
    templates,
)
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role
from bihuan.kernel.web import frame
from bihuan.kernel.web.figures.kinds import show_kept
from bihuan.kernel.web.matters.pages import show
from bihuan.kernel.web.places import Address, add_urls
from bihuan.registers.checklists.places import hang_under

URLS: list[Address] = [
    path("plans/<str:no>/lines/", plans.lines_page, name="plan_lines"),
    path("draws/<str:no>/live/", live.live_page, name="draw_live"),
    path("draws/<str:no>/replay/", live.replay_page, name="draw_replay"),
    path("draws/<str:no>/lists.json", live.lists_file, name="draw_lists"),
    path("disclosure/draws/", public.public_page, name="public_draws"),
    path("disclosure/draws.json", public.public_data, name="public_draws_data"),
    path("rounds/templates/", templates.list_page, name="round_templates"),
    path("rounds/templates/new/", templates.new_page, name="new_round_template"),
    path("rounds/templates/<slug:code>/", templates.one_page, name="round_template"),
    path("rounds/templates/<slug:code>/end/", templates.end_page, name="end_round_template"),
    path("packs/", packs.list_page, name="packs"),
    path("packs/<int:template>/<str:window>/", packs.one_page, name="pack"),
    path("packs/<int:template>/<str:window>/unfinished.docx", packs.paper, name="pack_paper"),
    path("programmes/", programmes.list_page, name="programmes"),
    path("programmes/new/", programmes.new_page, name="new_programme"),
    path("programmes/<int:pk>/end/", programmes.end_page, name="end_programme"),
    path("coverage/", coverage.page, name="inspection_coverage"),
    path("inspections/fire/", fire.page, name="fire_inspections"),
]


def install() -> None:
    """Serve the pages and hang them under 监督检查."""
    for pages in (plans.PAGES, draws.PAGES, rounds.PAGES):
        show(pages)
    add_urls(URLS)
    show_kept(LINES.model, plans.KIND)
    show_kept(KEYS.model, coverage.KIND)
    places.add_tab(10, plans.HERE, "检查计划")
    places.add_tab(20, draws.HERE, "双随机抽查")
    places.add_tab(30, rounds.HERE, "巡查", places.OFFICIALS | ENTERPRISE_ROLES)
    places.add_tab(35, packs.HERE, "节前检查包")
    places.add_tab(40, coverage.HERE, "覆盖")
    places.add_tab(45, programmes.HERE, "部门分工")
    places.add_tab(50, "/checklists/", "检查表", places.OFFICIALS | ENTERPRISE_ROLES)
    places.add_tab(55, fire.HERE, "消防检查")
    hang_under(lambda actor, here: places.tabs(here)(actor))
    frame.offer(20, frame.for_roles("巡查", rounds.HERE, "clipboard-list", frozenset({Role.GRID})))
