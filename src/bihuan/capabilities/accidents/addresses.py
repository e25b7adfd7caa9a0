"""Pages of 事故 that no loop makes."""

from __future__ import annotations

from django.urls import path, register_converter

from bihuan.capabilities.accidents.lessons.pages import checks_export
from bihuan.capabilities.accidents.monthly import views
from bihuan.capabilities.accidents.outstanding import outstanding_export, outstanding_page
from bihuan.capabilities.accidents.rates.page import rates_page
from bihuan.capabilities.accidents.statistics import statistics_page
from bihuan.capabilities.accidents.years.page import years_page


class File:
    """The files a compiled form is taken away in."""

    regex = "xlsx|docx|pdf|txt"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(File, "monthly_file")

urlpatterns = [
    path("accidents/statistics/", statistics_page),
    path("accidents/statistics/years/", years_page),
    path("accidents/statistics/rates/", rates_page),
    path("accidents/outstanding/", outstanding_page),
    path("accidents/outstanding/export.xlsx", outstanding_export),
    path("lessons/<str:no>/checks.xlsx", checks_export),
    path("returns/compiled/", views.returns_page),
    path("returns/compiled/paper.<monthly_file:ending>", views.returns_paper),
    path("forecasts/compiled/", views.forecasts_page),
    path("forecasts/compiled/paper.<monthly_file:ending>", views.forecasts_paper),
    path("forecasts/compiled/broadcast.<monthly_file:ending>", views.broadcast_paper),
]
