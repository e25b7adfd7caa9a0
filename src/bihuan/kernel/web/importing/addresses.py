"""Where the pages of imports stand."""

from __future__ import annotations

from django.urls import path

from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web.doors import has_business
from bihuan.kernel.web.frame import offer
from bihuan.kernel.web.importing import batch, dropping, headings, intakes
from bihuan.kernel.web.parts import Link
from bihuan.kernel.web.places import Address, add_urls

urlpatterns: list[Address] = [
    path("imports/", dropping.imports_page, name="imports"),
    path("imports/templates/<slug:kind>.xlsx", dropping.template, name="import_template"),
    path("imports/headings/", headings.headings_page, name="headings"),
    path("imports/headings/new/", headings.new_heading, name="new_heading"),
    path("imports/headings/<int:pk>/forget/", headings.forget_heading, name="forget_heading"),
    path("imports/<uuid:uid>/", batch.batch_page, name="import"),
    path("imports/<uuid:uid>/progress/", batch.progress, name="import_progress"),
    path("imports/<uuid:uid>/confirm/", batch.confirm, name="confirm_import"),
    path("imports/<uuid:uid>/headings/", batch.teach_headings, name="teach_headings"),
    path("imports/<uuid:uid>/namesakes/", batch.decide_namesakes, name="decide_namesakes"),
    path("imports/<uuid:uid>/again/", batch.again, name="read_again"),
    path("imports/<uuid:uid>/errors.xlsx", batch.errors_book, name="import_errors"),
]


def _place(actor: Actor) -> Link | None:
    if not intakes.offered_to(actor):
        return None
    return Link("台账" if has_business(actor) else "批量导入", "/imports/", "file-import")


def install() -> None:
    """Serve the pages and offer them in the navigation."""
    intakes.install()
    add_urls(urlpatterns)
    offer(75, _place)
