"""Render one template as a request would, without a database."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.test import RequestFactory


def page(requests: RequestFactory, template: str, context: dict[str, Any], path: str = "/example/") -> str:
    """The page's HTML. Context processors that need a session or a user are given none."""
    request = requests.get(path)
    request.session = {}  # type: ignore[assignment]
    return render_to_string(template, {"request": request, "csrf_token": "example", **context})
