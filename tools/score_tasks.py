"""How well speeches are read: proposals against a text labelled by hand.

``python tools/score_tasks.py [LABELS.json …] [--show]``; without files, the labelled sample that lies beside the checkout,
if it is there. A label file names its text (``source_file``, ``lines``) and lists tasks with ``anchor``, ``lead_units`` and
``deadline``. A proposal is right when it covers a label's anchor, each label counted once and each proposal once, so that
neither one proposal for a whole paragraph nor one for every clause scores well.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bihuan.capabilities.dispatch.speeches.extraction import extract
from bihuan.capabilities.dispatch.speeches.proposals import Proposal
from bihuan.capabilities.dispatch.speeches.vocabulary import longest_first, offices

SHARED = Path(__file__).resolve().parents[2] / "shared"
SAMPLE = SHARED / "samples" / "tasks-002D.json"
BARS = {"recall": 85, "precision": 75, "leads": 85, "deadlines": 90}
TODAY = date(2026, 1, 1)


@dataclass
class Score:
    """Counts of one text; shares are percentages."""

    labels: int
    proposals: int
    matched: list[tuple[dict[str, Any], Proposal]]
    missed: list[dict[str, Any]]
    extra: list[Proposal]

    @property
    def shares(self) -> dict[str, float]:
        """The four measures of the bar."""
        matched = max(len(self.matched), 1)
        return {
            "recall": 100 * len(self.matched) / max(self.labels, 1),
            "precision": 100 * len(self.matched) / max(self.proposals, 1),
            "leads": 100 * sum(leads_agree(label, one) for label, one in self.matched) / matched,
            "deadlines": 100 * sum(deadlines_agree(label, one) for label, one in self.matched) / matched,
        }


def score(text: str, labels: list[dict[str, Any]], proposals: tuple[Proposal, ...]) -> Score:
    """Match labels and proposals one to one, in the order of the text."""
    places = _places(text, labels)
    free = list(proposals)
    matched, missed = [], []
    for label, (start, end) in zip(labels, places, strict=True):
        found = next((one for one in free if one.start <= start and end <= one.end), None)
        if found is None:
            missed.append(label)
            continue
        free.remove(found)
        matched.append((label, found))
    return Score(len(labels), len(proposals), matched, missed, free)


def _places(text: str, labels: list[dict[str, Any]]) -> list[tuple[int, int]]:
    places, after = [], 0
    for label in labels:
        at = text.find(label["anchor"], after)
        at = text.index(label["anchor"]) if at < 0 else at
        places.append((at, at + len(label["anchor"])))
        after = at
    return places


def leads_agree(label: dict[str, Any], one: Proposal) -> bool:
    """The same units: 区安监局 and 安监部门 are one, 各镇街 must be named as written."""
    return {unit_key(name) for name in label["lead_units"]} == {
        unit_key(unit.name) for unit in one.lead_units
    }


def unit_key(name: str) -> str:
    """A department by its short word, so that a label's spelling of the office does not matter."""
    if not name.startswith(("各", "有关", "相关", "属地")) and not name.endswith("部门"):
        for short in longest_first(offices()):
            rest = name[name.find(short) + len(short) :] if short in name else None
            if rest is not None and re.fullmatch(
                r"|局|分局|大队|委|委员会|办|办公室|部门|管理局|监督管理局|运输局|所|支队", rest
            ):
                office = offices()[short]
                return office if isinstance(office, str) else office[0]
    return re.sub(r"[（(].*?[)）]|^[区县市](?!直)", "", name)


def deadlines_agree(label: dict[str, Any], one: Proposal) -> bool:
    """The same day (the year is compared when the label gives one), recurrence, or wording."""
    wanted, found = label["deadline"], one.deadline
    if wanted["recurrence"]:
        return bool(found.recurrence == wanted["recurrence"])
    if wanted["date"]:
        return found.day is not None and found.day.isoformat().endswith(wanted["date"])
    if wanted["text"]:
        return bool(found.text) and (wanted["text"] in str(found.text) or str(found.text) in wanted["text"])
    return not found


def labelled(path: Path, sources: Path) -> tuple[str, list[dict[str, Any]]]:
    """Text and labels of one file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    lines = (sources / content["source_file"]).read_text(encoding="utf-8-sig").split("\n")
    first, last = content["lines"]
    return "\n".join(lines[first - 1 : last]), content["tasks"]


def main() -> int:
    """Print the measures of each file; 1 when one misses a bar."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sources", type=Path, default=SHARED / "sources")
    parser.add_argument(
        "--show", action="store_true", help="list what was missed, proposed in vain or read otherwise"
    )
    arguments = parser.parse_args()
    files = arguments.files or ([SAMPLE] if SAMPLE.exists() else [])
    if not files:
        print("no labelled text here", file=sys.stderr)
        return 0
    failed = False
    for path in files:
        text, labels = labelled(path, arguments.sources)
        found = score(text, labels, extract(text, today=TODAY))
        shares = found.shares
        failed |= any(shares[name] < bar for name, bar in BARS.items())
        told = "  ".join(f"{name} {share:.1f} % (≥ {BARS[name]})" for name, share in shares.items())
        print(f"{path.stem}: {found.labels} labels, {found.proposals} proposals, {told}")
        if arguments.show:
            _show(found)
    return int(failed)


def _show(found: Score) -> None:
    for label in found.missed:
        print("  missed:", label["anchor"])
    for one in found.extra:
        print("  in vain:", one.anchor)
    for label, one in found.matched:
        if not leads_agree(label, one):
            print(
                "  lead:", label["anchor"], label["lead_units"], "≠", [unit.name for unit in one.lead_units]
            )
        if not deadlines_agree(label, one):
            print("  deadline:", label["anchor"], label["deadline"], "≠", one.deadline)


if __name__ == "__main__":
    sys.exit(main())
