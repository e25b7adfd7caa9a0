"""Addresses of disclosure, analysis and supervision; they stand before the made pages of the loops."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from bihuan.capabilities.enforcement.disclosure.views import inside, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("disclosure/", public.public_page, name="public_decisions"),
    path("disclosure/decisions.json", public.public_data, name="public_decisions_data"),
    path("cases/disclosure/", inside.disclosure_page, name="case_disclosure"),
    path("cases/analysis/", inside.analysis_page, name="case_analysis"),
    path("cases/analysis/paper.<str:ending>", inside.analysis_paper, name="case_analysis_paper"),
    path("cases/scores/", inside.scores_page, name="case_scores"),
    path("cases/scores/paper.<str:ending>", inside.scores_paper, name="case_scores_paper"),
    path("cases/scores/<slug:kind>/<int:key>/", inside.score_page, name="case_score"),
]
