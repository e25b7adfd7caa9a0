"""What one capability's deed causes in another. The only room that knows two of them, so that nobody else has to.

One module a theme; each says in ``connect`` what it joins. They are imported once every room is ready, and so may name models.
"""

from __future__ import annotations

from django.apps import AppConfig


class Wiring(AppConfig):
    """Connected last, when every room is ready."""

    name = "bihuan.wiring"
    label = "wiring"
    verbose_name = "连接"

    def ready(self) -> None:
        from bihuan.wiring import (
            accidents,
            cases,
            conferences,
            documents,
            experts,
            hazards,
            inspections,
            linkage,
            planning,
            tipoffs,
            visits,
        )

        # What follows one deed in several rooms follows in this order.
        for theme in (
            hazards, visits, conferences, cases, accidents, experts, inspections, linkage, planning, documents, tipoffs,
        ):  # fmt: skip
            theme.connect()
