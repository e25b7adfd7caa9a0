"""The pages of ``docs/loops``, drawn from the declarations, so that no page tells another story than the engine.

``python tools/loop_docs.py`` writes them anew; a test fails while a page is not current.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bihuan.kernel.loops.declaration import Loop

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "loops"


def pages() -> dict[Path, str]:
    """File → content, one for each running loop. Django must be set up."""
    from bihuan.kernel.loops.registry import all_running

    return {FOLDER / f"{service.loop.name}.md": _page(service.loop) for service in all_running()}


def _page(loop: Loop) -> str:
    from bihuan.kernel.loops import diagram

    parts = [
        f"# {loop.label} · `{loop.name}`",
        "<!-- Made by tools/loop_docs.py from the declaration. Change the declaration, not this page. -->",
        f"{loop.basis}. Numbers `…-{loop.letter}YYYY-NNNNNN`; pages under `/{loop.plural}/`, "
        f"operations under `/api/v1/{loop.plural}`. Track: {' → '.join(state.label for state in loop.track)}.",
        "## States",
        f"```mermaid\n{diagram.mermaid(loop)}\n```",
        "## Deeds",
        "An opening begins a matter; a step moves it; an act is recorded and moves nothing; a way out ends it. "
        "Who may do it is seen from the matter. What only an import does has no button and no operation.",
        diagram.table(loop),
        "## Duties",
        _duties(loop),
        "## Timers",
        _timers(loop),
    ]
    return "\n\n".join(parts) + "\n"


def _duties(loop: Loop) -> str:
    lines = [
        f"- {duty.label} (`{duty.name}`): {duty.by[0].label}; met by "
        f"{'、'.join(loop.label_of(name) for name in duty.met_by)}"
        f"{'; opens by itself once the deadline has passed' if duty.when_late else ''}."
        for duty in loop.duties
    ]
    told = "What is owed beside the next step, each until a day of its own; past it, it climbs its ladder."
    return "\n".join([told, "", *lines]) if lines else "None."


def _timers(loop: Loop) -> str:
    lines = [
        f"- {timer.label} (`{timer.name}`): past the deadline in "
        f"{'、'.join(state.label for state in loop.states if state in timer.states)}, "
        f"by the ladder of the policy `{timer.ladder}` or a steeper one the capability names."
        for timer in loop.timers
    ]
    return "\n".join(lines) or "None."


def main() -> None:
    """Write every page."""
    sys.path[:0] = [str(ROOT / "src")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.conf.settings")
    import django

    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
