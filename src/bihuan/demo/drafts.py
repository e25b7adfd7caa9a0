"""The objects of the demo district on paper: what each is called, where it lies, and what the register asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bihuan.demo.places import CODE, NAME, Town
from bihuan.demo.words import BRAND_FIRST, BRAND_LAST, options, table
from bihuan.kernel.objects.models import ObjectKind
from bihuan.kernel.territory.models import Region
from bihuan.registers.credit_code import ALPHABET, make
from bihuan.registers.models import Ownership, Scale
from bihuan.registers.sectors import sector_coded

FLAGSHIP = "云湖鼎晟精密机械有限公司"
INDUSTRIAL = frozenset({"machinery", "building_materials", "metallurgy", "nonferrous", "textiles"})
INSTITUTIONS = frozenset({"education", "health", "care_homes"})
TRADING_PLACES = frozenset({"tourism", "emerging"})
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Draft:
    """One object before it is entered; ``row`` is its trade."""

    row: dict[str, str]
    name: str
    town: Town
    region: Region
    code: str

    @property
    def has_licence(self) -> bool:
        """Whether it is somebody's establishment and not just a building, a road or a slope."""
        return self.row["sector"] in INSTITUTIONS | TRADING_PLACES

    @property
    def is_enterprise(self) -> bool:
        return self.row["kind"] == ObjectKind.ENTERPRISE


def drafts(towns: Sequence[Town], rng: Random, wanted: int) -> list[Draft]:
    """``wanted`` objects, the flagship first, the trades in their shares and industry where industry lies."""
    rows = table("trades")
    whole = sum(int(row["count"]) for row in rows)
    used = {FLAGSHIP}
    machines = next(row for row in rows if row["sector"] == "machinery")
    home = next(town for town in towns if town.weight == max(each.weight for each in towns))
    found = [Draft(machines, FLAGSHIP, home, home.villages[-1], credit_code("91", rng))]
    shares = [(row, number) for row in rows for number in range(int(row["count"]))]
    for row, _ in (shares[index * whole // wanted] for index in range(1, wanted)):
        weights = [town.weight if row["sector"] in INDUSTRIAL else 1 for town in towns]
        town = rng.choices(towns, weights)[0]
        village = rng.choice(town.villages)
        name = _name(row["names"], town, village, rng, used)
        found.append(
            Draft(row, name, town, village, credit_code("12" if row["sector"] in INSTITUTIONS else "91", rng))
        )
    return found


def _name(templates: str, town: Town, village: Region, rng: Random, used: set[str]) -> str:
    stem = village.name.removesuffix("社区").removesuffix("村")
    while True:
        template = rng.choice(options(templates))
        name = template.format(
            b=rng.choice(BRAND_FIRST) + rng.choice(BRAND_LAST), t=town.stem, v=stem, n=rng.randrange(1, 16)
        )
        if name not in used:
            used.add(name)
            return name


def credit_code(register: str, rng: Random) -> str:
    """A code that passes both checks, in the invented district's range; ``register`` says who gave it to whom."""
    organisation = "MA" + "".join(rng.choice(ALPHABET) for _ in range(6))
    values = [int(sign) if sign.isdigit() else ord(sign) - 55 for sign in organisation]
    total = sum(value * weight for value, weight in zip(values, _ORGANISATION_WEIGHTS, strict=True))
    check = "0123456789X0"[(11 - total % 11) % 11]
    return make(f"{register}{CODE}{organisation}{check}")


def cells(draft: Draft, chiefs: tuple[str, str], rng: Random) -> dict[str, str]:
    """The enterprise as a workbook would state it."""
    scale = rng.choices((Scale.MICRO, Scale.SMALL, Scale.MEDIUM, Scale.ABOVE), (30, 50, 12, 8))[0]
    staff = {"micro": (4, 20), "small": (20, 120), "medium": (120, 480), "above": (80, 900)}[scale]
    ownership = rng.choices((Ownership.PRIVATE, Ownership.STATE, Ownership.MIXED), (88, 6, 6))[0]
    return {
        "name": draft.name,
        "credit_code": draft.code,
        "region": draft.region.name,
        "sector": _sector_name(draft),
        "address": address(draft, rng),
        "industry_code": draft.row["industry"],
        "ownership": str(ownership.label),
        "scale": str(scale.label),
        "staff_count": str(rng.randrange(*staff)),
        "principal_name": chiefs[0],
        "principal_phone": _phone(rng),
        "safety_manager_name": chiefs[1],
        "safety_manager_phone": _phone(rng),
        "business": draft.row["business"],
    }


def _sector_name(draft: Draft) -> str:
    sector = sector_coded(draft.row["sector"])
    assert sector is not None
    return sector.name


def _phone(rng: Random) -> str:
    return f"1{rng.choice('3578')}9{rng.randrange(10**8):08d}"


def address(draft: Draft, rng: Random) -> str:
    """Where it lies, in words."""
    road = rng.choice(("振兴路", "工业路", "滨湖路", "人民路", "青年路", "创业路", "解放街", "文化路"))
    return f"{NAME}{draft.town.region.name}{draft.region.name}{road}{rng.randrange(1, 400)}号"
