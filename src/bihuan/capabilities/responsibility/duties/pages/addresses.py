"""Where the pages of this room stand."""

from __future__ import annotations

from django.urls import path

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.duties.access import visible_spells
from bihuan.capabilities.responsibility.duties.pages import (
    duties,
    enterprises,
    holder,
    inner,
    lists,
    requirements,
    rules,
    spells,
    staffing,
)
from bihuan.kernel.people.models import ENTERPRISE_ROLES
from bihuan.kernel.web.figures.kinds import show_kept
from bihuan.kernel.web.frame import for_roles, offer
from bihuan.kernel.web.places import Address, add_urls

_D = "responsibility/duties/"
_L = "responsibility/lists/"
urlpatterns: list[Address] = [
    path(_D, duties.list_page, name="duties"),
    path(f"{_D}export.xlsx", duties.export, name="duties_export"),
    path(f"{_D}print.docx", duties.print_out, name="duties_print"),
    path(f"{_D}missing/", duties.missing, name="missing_duties"),
    path(f"{_D}adopt/", duties.adopt, name="adopt_duties"),
    path(f"{_D}rules/", rules.rules_page, name="duty_rules"),
    path(f"{_D}rules/new/", rules.new_version, name="new_duty_rule"),
    path(f"{_D}staffing/", staffing.staffing_page, name="staffing"),
    path(f"{_D}staffing/<int:pk>/", staffing.state, name="state_staffing"),
    path(f"{_D}enterprises/", enterprises.list_page, name="enterprise_duties"),
    path(f"{_D}enterprises/sets/", requirements.sets_page, name="requirement_sets"),
    path(f"{_D}enterprises/posts/<int:pk>/end/", inner.end_post, name="end_inner_post"),
    path(f"{_D}enterprises/roles/<int:pk>/end/", inner.end_role, name="end_safety_role"),
    path(f"{_D}enterprises/<uuid:uid>/", enterprises.one_page, name="enterprise_duty"),
    path(f"{_D}enterprises/<uuid:uid>/posts/new/", inner.new_post, name="tell_inner_post"),
    path(f"{_D}enterprises/<uuid:uid>/roles/new/", inner.new_role, name="tell_safety_role"),
    path(f"{_D}enterprises/<uuid:uid>/items/<int:item>/", requirements.judge, name="judge_item"),
    path(f"{_D}<int:pk>/confirm/", rules.confirm, name="confirm_duty"),
    path(f"{_D}<int:pk>/reword/", holder.reword, name="reword_duty"),
    path(f"{_D}<int:pk>/end/", holder.end, name="end_duty"),
    path(f"{_D}<slug:kind>/<int:pk>/", holder.holder_page, name="duties_of"),
    path(f"{_D}<slug:kind>/<int:pk>/new/", holder.new, name="assign_duty"),
    path(_L, lists.list_page, name="published_lists"),
    path(f"{_L}new/", lists.new, name="draft_list"),
    path(f"{_L}<int:pk>/", lists.one_page, name="published_list"),
    path(f"{_L}<int:pk>/publish/", lists.publish, name="publish_list"),
    path(f"{_L}<int:pk>/paper.docx", lists.print_out, name="list_paper"),
    path(f"{_L}<int:pk>/export.xlsx", lists.export, name="list_export"),
]


def install() -> None:
    """Serve the pages, hang them under 责任 and let the figures open their records."""
    add_urls(urlpatterns)
    places.offer(
        30, "职责", duties.BASE, duties.READERS, says="每个岗位、单位对什么负责，依据哪一条",
        count=lambda actor: duties.missing_of(actor).count(),
    )  # fmt: skip
    places.offer(35, "清单", lists.BASE, duties.READERS, says="各单位公布的权力清单和责任清单，各个版次")
    offer(40, for_roles("责任", duties.BASE, "users", ENTERPRISE_ROLES))
    show_kept("duties.Spell", spells.kind(visible_spells))
