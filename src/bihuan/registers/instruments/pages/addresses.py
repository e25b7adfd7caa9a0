"""Where the pages of documents are."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, register_converter

from bihuan.registers.instruments.pages import binding, deeds, filling, listing, one, organs


class Ending:
    """The two files a document has."""

    regex = "docx|pdf"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Ending, "instrument_file")

urlpatterns: list[URLPattern | URLResolver] = [
    path("instruments/", listing.page, name="instruments"),
    path("instruments/export.xlsx", listing.export, name="instruments_export"),
    path("instruments/kinds/", listing.kinds_page, name="instrument_kinds"),
    path("instruments/organs/", organs.listing, name="organs"),
    path("instruments/organs/<int:pk>/", organs.edit, name="organ"),
    path("instruments/dossiers/<uuid:uid>/", binding.page, name="dossier"),
    path("instruments/dossiers/<uuid:uid>/volume.pdf", binding.volume, name="dossier_volume"),
    path("instruments/new/<slug:plural>/<str:no>/<slug:kind>/", filling.page, name="new_instrument"),
    path("instruments/<uuid:uid>/", one.page, name="instrument"),
    path("instruments/<uuid:uid>/paper.<instrument_file:ending>", one.paper, name="instrument_paper"),
    path("instruments/<uuid:uid>/sign/", deeds.sign, name="sign_instrument"),
    path("instruments/<uuid:uid>/draw/", deeds.draw, name="draw_instrument"),
    path("instruments/<uuid:uid>/refuse/", deeds.refuse, name="refuse_instrument"),
    path("instruments/<uuid:uid>/serve/", deeds.serve, name="serve_instrument"),
    path("instruments/<uuid:uid>/void/", deeds.void, name="void_instrument"),
    path("instruments/<uuid:uid>/consent/", deeds.consent, name="consent_instrument"),
]
