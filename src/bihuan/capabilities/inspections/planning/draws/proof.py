"""What is published of a draw and what a replay finds: the file anybody may check with tools of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.capabilities.inspections.planning.draws import lots

FORM = "bihuan-draw/1"


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing a replay looked at."""

    label: str
    kept: str
    computed: str

    @property
    def good(self) -> bool:
        return self.kept == self.computed


def published(draw: Any) -> dict[str, Any]:
    """The file of a draw: its lists and, once it was cast, everything its result follows from."""
    told: dict[str, Any] = {
        "form": FORM, "rule": draw.rule_version, "no": draw.no, "title": draw.title, "count": draw.count, "team": draw.team,
        "targets": draw.targets,
        "officers": [{name: one[name] for name in ("id", "name", "unit")} for one in draw.officers],
        "apart": draw.apart, "excluded": draw.excluded, "targets_digest": draw.targets_digest,
        "officers_digest": draw.officers_digest, "commitment": draw.commitment,
    }  # fmt: skip
    if draw.conditions_digest:
        told["conditions_digest"] = draw.conditions_digest
    if draw.seed:
        told |= {"secret": draw.secret, "words": draw.words, "seed": draw.seed, "result": draw.result}
    return told


def replay(told: Mapping[str, Any]) -> Sequence[Checked]:
    """Compute everything of a published file again; each thing with what it says and what came out."""
    targets = [one["id"] for one in told["targets"]]
    officers = [one["id"] for one in told["officers"]]
    found = [
        Checked("对象名单摘要", told["targets_digest"], lots.list_digest(targets)),
        Checked("人员名单摘要", told["officers_digest"], lots.list_digest(officers)),
    ]
    conditions = str(told.get("conditions_digest", ""))
    if conditions or int(told.get("rule", 1)) > 1:
        again = lots.conditions_digest(told["count"], told["team"], told["apart"])
        found.append(Checked("抽取条件摘要", conditions, again))
    if not told.get("seed"):
        return found
    seed = lots.seed_of(
        told["secret"], told["words"], told["targets_digest"], told["officers_digest"], conditions
    )
    drawn = lots.draw(seed, targets, officers, count=told["count"], team=told["team"], apart=told["apart"])
    found += [
        Checked("随机数承诺", told["commitment"], lots.digest(told["secret"])),
        Checked("种子", told["seed"], seed),
    ]
    names = {one["id"]: one["name"] for one in (*told["targets"], *told["officers"])}
    kept = {one["place"]: one for one in told["result"]}
    for one in drawn:
        there = kept.pop(one.place, {"target": "", "officers": []})
        found.append(
            Checked(
                f"第 {one.place} 家",
                _words(there["target"], there["officers"], names),
                _words(one.target, one.officers, names),
            )
        )
    found += [
        Checked(f"第 {place} 家", _words(one["target"], one["officers"], names), "没有抽到")
        for place, one in kept.items()
    ]
    return found


def _words(target: str, officers: Sequence[str], names: Mapping[str, str]) -> str:
    team = "、".join(names.get(one, one) for one in officers)
    return f"{names.get(target, target)}（{team}）" if target else "没有记录"
