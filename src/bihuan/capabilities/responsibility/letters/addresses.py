"""Addresses of the room beside the made pages of its loop."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from bihuan.capabilities.responsibility.letters import bulk, control

urlpatterns: list[URLPattern | URLResolver] = [
    path("letters/control/", control.control_page, name="letters_control"),
    path("letters/control.xlsx", control.control_export, name="letters_control_export"),
    path("letters/bulk/", bulk.bulk_page, name="letters_bulk"),
    path("letters/signing/", bulk.signing_page, name="letters_signing"),
    re_path(r"^letters/unsigned\.(?P<ending>xlsx|docx)$", control.unsigned_export, name="letters_unsigned"),
    re_path(r"^letters/(?P<no>[^/]+)/paper\.(?P<ending>docx|pdf)$", control.paper, name="letter_paper"),
]
