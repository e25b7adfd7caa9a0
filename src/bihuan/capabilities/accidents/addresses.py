"""Pages of 事故 that no loop makes."""

from __future__ import annotations

from django.urls import path

from bihuan.capabilities.accidents.lessons.pages import checks_export
from bihuan.capabilities.accidents.outstanding import outstanding_export, outstanding_page
from bihuan.capabilities.accidents.statistics import statistics_page

urlpatterns = [
    path("accidents/statistics/", statistics_page),
    path("accidents/outstanding/", outstanding_page),
    path("accidents/outstanding/export.xlsx", outstanding_export),
    path("lessons/<str:no>/checks.xlsx", checks_export),
]
