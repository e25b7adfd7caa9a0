"""Addresses of the room beside the made pages of its loop."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from bihuan.capabilities.responsibility.letters import bulk, control, downloads, signing

urlpatterns: list[URLPattern | URLResolver] = [
    path("letters/control/", control.control_page, name="letters_control"),
    path("letters/control.xlsx", downloads.control_export, name="letters_control_export"),
    path("letters/bulk/", bulk.bulk_page, name="letters_bulk"),
    path("letters/signing/", signing.signing_page, name="letters_signing"),
    re_path(r"^letters/unsigned\.(?P<ending>xlsx|docx)$", downloads.unsigned_export, name="letters_unsigned"),
    re_path(r"^letters/(?P<no>[^/]+)/paper\.(?P<ending>docx|pdf)$", downloads.paper, name="letter_paper"),
]
