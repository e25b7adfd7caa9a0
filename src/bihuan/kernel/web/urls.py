"""Every address of the web room: the made pages of all loops, and the few pages written by hand."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt

from bihuan.kernel.web import places, signin, standing_pages, status
from bihuan.kernel.web.api import root
from bihuan.kernel.web.matters import deeds, lists, matter, sealed
from bihuan.kernel.web.suggestions import suggest_objects

pages: list[URLPattern | URLResolver] = [
    path("objects/suggest/", suggest_objects, name="suggest_objects"),
    path("healthz", status.healthz, name="healthz"),
    path("metrics", status.metrics, name="metrics"),
    *signin.urlpatterns,
    *standing_pages.urlpatterns,
    *places.addresses(),
]

matters: list[URLPattern | URLResolver] = [
    path("<slug:plural>/", lists.list_page, name="matters"),
    path("<slug:plural>/export.xlsx", lists.export, name="matters_export"),
    path("<slug:plural>/new/<slug:slug>/", deeds.opening_page, name="open_matter"),
    path("<slug:plural>/<str:no>/", matter.matter_page, name="matter"),
    path("<slug:plural>/<str:no>/files/<uuid:uid>", deeds.file_of_matter, name="matter_file"),
    path("<slug:plural>/<str:no>/sealed/<slug:field>/", sealed.sealed_page, name="sealed"),
    path("<slug:plural>/<str:no>/forget-sealed/", sealed.forget_page, name="forget_sealed"),
    path("<slug:plural>/<str:no>/<slug:slug>/", deeds.deed_page, name="deed"),
]

api: list[URLPattern | URLResolver] = [
    path("api/v1/", root.api.urls),
    path("api/<path:rest>", csrf_exempt(root.nothing_here), name="no_such_operation"),
]

urlpatterns: list[URLPattern | URLResolver] = [*api, path("", include(pages)), path("", include(matters))]
