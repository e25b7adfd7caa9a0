"""The root of all addresses: the web room makes them from the declarations."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("bihuan.kernel.web.urls"):
    urlpatterns.append(path("", include("bihuan.kernel.web.urls")))
