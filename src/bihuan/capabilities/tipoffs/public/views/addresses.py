"""Addresses of the public door and of the poster; they stand before the made pages of the loops."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from bihuan.capabilities.tipoffs.public.views import asking, poster, sending
from bihuan.capabilities.tipoffs.public.views.face import HERE, PROGRESS

__all__ = ["HERE", "PROGRESS", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("report/", sending.report_page, name="public_tipoff"),
    path("report/photos/", sending.photo, name="public_tipoff_photo"),
    path("report/progress/", asking.progress_page, name="public_tipoff_progress"),
    path("tipoffs/poster/", poster.poster_page, name="tipoff_poster"),
    path("tipoffs/poster.pdf", poster.poster_paper, name="tipoff_poster_paper"),
]
