"""Where the pages of this room stand."""

from __future__ import annotations

from django.urls import path

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.committees.pages import committees, composing, ledgers, priorities
from bihuan.kernel.web.places import Address, add_urls

_C = "responsibility/committees/"
_P = "responsibility/priorities/"
urlpatterns: list[Address] = [
    path(_C, committees.list_page, name="committees"),
    path(f"{_C}new/", composing.new, name="new_committee"),
    path(f"{_C}samplings/", ledgers.samplings, name="samplings"),
    path(f"{_C}samplings/draw/", ledgers.draw, name="draw_sampling"),
    path(f"{_C}samplings/<int:pk>/score/", ledgers.score, name="score_sampling"),
    path(f"{_C}<int:pk>/", committees.committee_page, name="committee"),
    path(f"{_C}<int:pk>/seats/new/", composing.new_seat, name="new_seat"),
    path(f"{_C}<int:pk>/leaders/new/", composing.new_standing, name="new_leader"),
    path(f"{_C}<int:pk>/lines/new/", ledgers.new_line, name="new_ledger_line"),
    path(f"{_C}seats/<int:pk>/end/", composing.end_seat, name="end_seat"),
    path(f"{_C}leaders/<int:pk>/end/", composing.end_standing, name="end_leader"),
    path(f"{_C}lines/<int:pk>/report/", ledgers.report_line, name="report_ledger_line"),
    path(_P, priorities.list_page, name="priorities"),
    path(f"{_P}new/", priorities.new, name="new_priority"),
    path(f"{_P}<int:pk>/", priorities.leader_page, name="leader_priorities"),
    path(f"{_P}<int:pk>/debrief.docx", priorities.debrief_paper, name="leader_debrief"),
    path(f"{_P}items/<int:pk>/end/", priorities.end, name="end_priority"),
]


def install() -> None:
    """Serve the pages and hang them under 责任."""
    add_urls(urlpatterns)
    places.offer(50, "安委会", committees.BASE, says="各级安委会怎样组成，专业委员会的责任台账")
    places.offer(55, "领导重点工作", priorities.BASE, says="每位领导一年要做什么、做到几次，述职材料")
