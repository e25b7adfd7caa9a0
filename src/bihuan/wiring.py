"""What one capability's deed causes in another. The only file that knows two of them, so that nobody else has to."""

from __future__ import annotations

from django.apps import AppConfig


class Wiring(AppConfig):
    """Connected last, when every room is ready."""

    name = "bihuan.wiring"
    label = "wiring"
    verbose_name = "连接"

    def ready(self) -> None:
        from bihuan.capabilities.dispatch.campaigns.reach import found_at, look_at
        from bihuan.capabilities.hazards.following import follow_object, follow_town
        from bihuan.capabilities.hazards.tagged import looked_at
        from bihuan.kernel.loops.registry import after
        from bihuan.registers.enterprises.standing import follow_mergers
        from bihuan.registers.towns import follow_town_mergers

        follow_mergers("hazards", follow_object)
        follow_town_mergers("hazards", follow_town)
        after("hazard", "report", found_at)
        look_at(looked_at)
