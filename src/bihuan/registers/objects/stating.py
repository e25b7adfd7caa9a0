"""What a person states about an object that is no enterprise, and what cannot be right about it by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bihuan.kernel.errors import Failure
from bihuan.registers.objects.traits import KindOf, Trait
from bihuan.registers.reading import is_phone, read_amount, read_count, read_day

Value = str | int | Decimal | date | None

COMMON = {
    "name": "名称",
    "region": "属地镇街",
    "sector": "行业领域",
    "address": "地址",
    "responsible": "责任企业",
}
LIMITS = {"name": 120, "address": 200, "responsible": 160}


@dataclass(frozen=True, slots=True)
class Stated:
    """An object as written by its stater; all values are text. ``traits`` holds those of its kind by name.

    ``responsible`` is the enterprise that answers for it: a credit code, or a name that only one enterprise bears.
    """

    name: str = ""
    region: str = ""
    sector: str = ""
    address: str = ""
    responsible: str = ""
    traits: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> Stated:
        """From one flat row of texts."""
        common = {name: cells.get(name, "").strip() for name in COMMON}
        return cls(**common, traits={name: text for name, text in cells.items() if name not in COMMON})

    def text(self, name: str) -> str:
        """What was written in the column ``name``."""
        return str(getattr(self, name)) if name in COMMON else self.traits.get(name, "")


def labels_of(kind: KindOf) -> dict[str, str]:
    """Every column of the kind with its label, in the order of forms and workbooks."""
    return {**COMMON, **{one.name: one.label for one in kind.traits}}


def read(trait: Trait, text: str) -> Value:
    """The value a text means; an empty text is an empty text or ``None``.

    Raises:
        ValueError: it means none; the message is the sentence for the clerk.
    """
    bare = text.strip()
    if trait.form == "date":
        return read_day(bare, last=trait.due)
    if trait.form == "count":
        return read_count(bare)
    if trait.form == "amount":
        return read_amount(bare, largest=10_000 if trait.unit == "米" else 10**9)
    if trait.form == "choice":
        return _chosen(trait, bare)
    if trait.form == "phone" and not is_phone(bare):
        raise ValueError("不是电话号码，请核对")
    if len(bare) > trait.limit:
        raise ValueError(f"超过 {trait.limit} 个字，请缩短")
    return bare


def shown(trait: Trait, value: Value) -> str:
    """The value as a person would write it."""
    if value is None:
        return ""
    if trait.form == "choice":
        return dict(trait.choices).get(str(value), str(value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def failures(kind: KindOf, said: Stated) -> Iterator[Failure]:
    """Everything that cannot be right by itself, each with the column at fault."""
    for name in ("name", "region", "sector"):
        if not said.text(name):
            yield Failure(f"object.no_{name}", f"没有填写{COMMON[name]}", name)
    for name, limit in LIMITS.items():
        if len(said.text(name)) > limit:
            yield Failure("object.too_long", f"{COMMON[name]}超过 {limit} 个字，请缩短", name)
    for name in said.traits:
        if name not in {one.name for one in kind.traits}:
            yield Failure("object.unknown_trait", f"{kind.label}没有“{name}”这一项", name)
    for trait in kind.traits:
        text = said.traits.get(trait.name, "")
        if trait.required and not text.strip():
            yield Failure("object.incomplete", f"没有填写{trait.label}", trait.name)
        try:
            read(trait, text)
        except ValueError as error:
            yield Failure(f"object.wrong_{trait.form}", f"{trait.label}{error}", trait.name)


def values(kind: KindOf, said: Stated) -> dict[str, Value]:
    """The values of the kind's own columns, from what has no failures."""
    return {one.name: read(one, said.traits.get(one.name, "")) for one in kind.traits}


def _chosen(trait: Trait, text: str) -> str:
    bare = "".join(text.split()).replace("、", "").replace("“", "").replace("”", "")
    known = {label: code for code, label in trait.choices} | {code: code for code, _ in trait.choices}
    if bare and bare not in known:
        raise ValueError(f"只能填写：{'、'.join(trait.labels)}")
    return known.get(bare, "")
