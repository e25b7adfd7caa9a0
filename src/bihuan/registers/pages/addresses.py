"""Where the registers' pages stand."""

from __future__ import annotations

from django.urls import path

from bihuan.kernel.web.frame import for_roles, offer
from bihuan.kernel.web.places import Address, add_urls
from bihuan.registers.pages import (
    deciding,
    dossier,
    entering,
    intake,
    listing,
    objects,
    one,
    sectors,
    towns,
    waiting,
)

urlpatterns: list[Address] = [
    path("enterprises/", listing.list_page, name="enterprises"),
    path("enterprises/export.xlsx", listing.export, name="enterprises_export"),
    path("enterprises/new/", entering.register, name="register_enterprise"),
    path("enterprises/waiting/", waiting.waiting, name="pending_objects"),
    path("enterprises/decisions/", waiting.decisions, name="standing_decisions"),
    path("enterprises/decisions/<int:pk>/undo/", waiting.undo, name="undo_decision"),
    path("enterprises/towns/", towns.pending, name="pending_towns"),
    path("enterprises/towns/<int:pk>/confirm/", towns.confirm, name="confirm_town"),
    path("enterprises/towns/<int:pk>/merge/", towns.merge, name="merge_town"),
    path("enterprises/towns/<int:pk>/reject/", towns.reject, name="reject_town"),
    path("enterprises/<uuid:uid>/", one.object_page, name="enterprise"),
    path("enterprises/<uuid:uid>/confirm/", deciding.confirm, name="confirm_enterprise"),
    path("enterprises/<uuid:uid>/merge/", deciding.merge, name="merge_enterprise"),
    path("enterprises/<uuid:uid>/reject/", deciding.reject, name="reject_enterprise"),
    path("enterprises/<uuid:uid>/amend/", entering.amend, name="amend_enterprise"),
    path("enterprises/<uuid:uid>/details/<slug:kind>/", dossier.tell, name="tell_detail"),
    path("enterprises/<uuid:uid>/details/<int:pk>/end/", dossier.end, name="end_detail"),
    path("enterprises/objects/", objects.index, name="object_registers"),
    path("enterprises/objects/<slug:plural>/", objects.list_page, name="objects"),
    path("enterprises/objects/<slug:plural>/export.xlsx", objects.export, name="objects_export"),
    path("enterprises/objects/<slug:plural>/new/", objects.register, name="register_object"),
    path("enterprises/sectors/", sectors.tree, name="sectors"),
    path("enterprises/sectors/waiting/", sectors.waiting, name="pending_words"),
    path("enterprises/sectors/waiting/<int:pk>/decide/", sectors.decide, name="decide_word"),
    path("enterprises/sectors/waiting/<int:pk>/dismiss/", sectors.dismiss, name="dismiss_word"),
    path("enterprises/sectors/waiting/<int:pk>/hand-over/", sectors.hand_over, name="hand_over_word"),
    path("enterprises/sectors/<slug:code>/", sectors.one, name="sector"),
    path("enterprises/sectors/<slug:code>/words/new/", sectors.new_word, name="new_sector_word"),
    path("enterprises/sectors/<slug:code>/words/<int:pk>/drop/", sectors.drop_word, name="drop_sector_word"),
]


def install() -> None:
    """Serve the pages and offer them in the navigation."""
    add_urls(urlpatterns)
    intake.install()
    offer(70, for_roles("企业", "/enterprises/", "building-factory-2"))
