"""Addresses of key periods; they stand before the made pages of the loops."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from bihuan.capabilities.dispatch.windows import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("windows/year/", views.year_page, name="windows_year"),
    path("windows/<str:no>/summary/", views.summary_page, name="window_summary"),
    path("windows/<str:no>/summary.docx", views.summary_paper, name="window_summary_paper"),
]
