"""Where the registers' pages stand."""

from __future__ import annotations

from django.urls import path

from bihuan.kernel.web.frame import for_roles, offer
from bihuan.kernel.web.places import Address, add_urls
from bihuan.registers.pages import deciding, entering, intake, listing, one, towns

urlpatterns: list[Address] = [
    path("enterprises/", listing.list_page, name="enterprises"),
    path("enterprises/export.xlsx", listing.export, name="enterprises_export"),
    path("enterprises/new/", entering.register, name="register_enterprise"),
    path("enterprises/towns/", towns.pending, name="pending_towns"),
    path("enterprises/towns/<int:pk>/confirm/", towns.confirm, name="confirm_town"),
    path("enterprises/towns/<int:pk>/merge/", towns.merge, name="merge_town"),
    path("enterprises/<uuid:uid>/", one.object_page, name="enterprise"),
    path("enterprises/<uuid:uid>/confirm/", deciding.confirm, name="confirm_enterprise"),
    path("enterprises/<uuid:uid>/merge/", deciding.merge, name="merge_enterprise"),
    path("enterprises/<uuid:uid>/amend/", entering.amend, name="amend_enterprise"),
]


def install() -> None:
    """Serve the pages and offer them in the navigation."""
    add_urls(urlpatterns)
    intake.install()
    offer(70, for_roles("企业", "/enterprises/", "building-factory-2"))
