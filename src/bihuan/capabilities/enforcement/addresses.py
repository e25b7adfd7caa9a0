"""Addresses of enforcement; they stand before the made pages of the loops."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from bihuan.capabilities.enforcement import rules_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/rules/", rules_page.rules_page, name="case_rules"),
]
