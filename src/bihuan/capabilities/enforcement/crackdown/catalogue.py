"""The codes of the crackdown (M148–M154): fixed codes, whose words a district may set from a day on where no law lists them.

A code is ``kind.number``. Codes never change their meaning; what a campaign's targets or the seven rules are called is the
district's to say (``naming``), and shows as 待核对 until it does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bihuan.kernel.loops.declaration import State


class Kind(State):
    """What the illegal act is about."""

    DEN = "den", "非法窝点"
    FIREWORKS = "fireworks", "烟花爆竹"
    EXPLOSIVES = "explosives", "民用爆炸物品"
    MINE = "mine", "非法采矿"
    CHEMICAL = "chemical", "危险化学品"
    PERSON = "person", "三违和岗位失责"
    VEHICLE = "vehicle", "非法运营和道路违法"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its kind, its usual words, and the mark of where the words come from."""

    value: str
    label: str
    mark: str = "V2"

    @property
    def kind(self) -> Kind:
        return Kind(self.value.partition(".")[0])


SITES = (
    Code("den.processing", "无证生产加工窝点"),
    Code("den.storage", "非法储存窝点"),
    Code("den.trading", "无证经营窝点"),
    Code("den.other", "其他非法窝点"),
    Code("fireworks.making", "非法生产"),
    Code("fireworks.unlicensed", "无证经营"),
    Code("fireworks.transport", "非法运输"),
    Code("fireworks.chlorate", "批发企业违规购进含氯酸钾产品"),
    Code("fireworks.storage", "超量、超范围储存和“三无”产品"),
    Code("mine.unlicensed", "无证开采"),
    Code("mine.beyond", "越界开采"),
    Code("mine.reopened", "关闭矿井擅自恢复生产"),
    Code("chemical.making", "生产环节"),
    Code("chemical.packing", "包装环节"),
    Code("chemical.storage", "储存环节"),
    Code("chemical.transport", "运输环节"),
    Code("chemical.trading", "经营环节"),
    Code("chemical.using", "使用环节"),
    Code("chemical.disposal", "废弃处置环节"),
    Code("other.building", "非法违法建设"),
    Code("other.operating", "其他无证无照生产经营"),
)
EXPLOSIVES = (
    Code("explosives.output", "超产", "K"),
    Code("explosives.staff", "超员", "K"),
    Code("explosives.stock", "超量储存", "K"),
    Code("explosives.hours", "超时", "K"),
    Code("explosives.making", "非法生产", "K"),
    Code("explosives.trading", "非法买卖", "K"),
    Code("explosives.keeping", "非法储存", "K"),
)
OVER_LIMIT = tuple(code for code in EXPLOSIVES[:4])
PERSONS = (
    Code("person.command", "违章指挥"),
    Code("person.operation", "违章作业"),
    Code("person.discipline", "违反劳动纪律"),
    Code("person.supervisor", "监理违制"),
    Code("person.driver", "司机违规"),
    Code("person.equipment", "设备违常"),
    Code("person.post", "岗位失责"),
)
VEHICLES = (
    Code("vehicle.speeding", "超速"),
    Code("vehicle.overload", "超载"),
    Code("vehicle.oversize", "超限"),
    Code("vehicle.drunk", "酒后驾驶"),
    Code("vehicle.fatigue", "疲劳驾驶"),
    Code("vehicle.unlicensed", "无证驾驶"),
    Code("vehicle.defective", "带病运行"),
    Code("vehicle.farm", "农用车载客"),
    Code("vehicle.black", "非法营运"),
)
CODES: dict[str, Code] = {code.value: code for code in (*SITES, *EXPLOSIVES, *PERSONS, *VEHICLES)}
LINKS = tuple(code for code in SITES if code.kind is Kind.CHEMICAL)
"""The seven links of the chain of dangerous chemicals."""
FIREWORKS = tuple(code for code in SITES if code.kind is Kind.FIREWORKS)
TRANSPORT = "chemical.transport"


class TransportKind(State):
    """In which way chemicals were moved illegally (M154)."""

    TRADING = "trading", "无证经营"
    FILLING = "filling", "无证充装"
    MOVING = "moving", "无证运输"
    REBUILT = "rebuilt", "非法改装"
    CERTIFIED = "certified", "非法认证"
    AFFILIATED = "affiliated", "违法挂靠"
    CONTRACTED = "contracted", "违法外包"
    POISON = "poison", "剧毒物品非法运输"


@dataclass(frozen=True, slots=True)
class Family:
    """Numbered items whose words the district sets: nothing that was read lists them."""

    key: str
    label: str
    word: str
    count: int

    def codes(self) -> tuple[str, ...]:
        return tuple(f"{self.key}.{number}" for number in range(1, self.count + 1))


RULES = Family("rule", "烟花爆竹“七个一律”", "第{}条", 7)
CRACK = Family("crack", "“七打”", "第{}打", 7)
FIX = Family("fix", "“七治”", "第{}治", 7)
FAMILIES = {family.key: family for family in (RULES, CRACK, FIX)}


def numbered(families: Iterable[Family]) -> list[tuple[str, str]]:
    """The numbered items as choices, under the words that never change; what they are called today stands beside them."""
    return [
        (code, f"{family.label}{family.word.format(number)}")
        for family in families
        for number, code in enumerate(family.codes(), start=1)
    ]


def choices(codes: Iterable[Code]) -> list[tuple[str, str]]:
    """Codes as a form offers them, each under its kind."""
    return [(code.value, f"{code.kind.label}：{code.label}") for code in codes]


def label_of(code: str) -> str:
    """The code in words, alone."""
    return CODES[code].label if code in CODES else code


def full_label(code: str) -> str:
    """The code in words with its kind before it."""
    return f"{CODES[code].kind.label}：{CODES[code].label}" if code in CODES else code
