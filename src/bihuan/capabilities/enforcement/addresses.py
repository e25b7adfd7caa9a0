"""Addresses of enforcement; they stand before the made pages of the loops."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from bihuan.capabilities.enforcement import nearby, rules_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/nearby/", nearby.page, name="nearby_cases"),
    path("cases/rules/", rules_page.rules_page, name="case_rules"),
]
