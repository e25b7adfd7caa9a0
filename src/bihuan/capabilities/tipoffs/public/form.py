"""What a citizen typed, read without trusting a byte of it, and what is missing, in words anybody understands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bihuan.capabilities.tipoffs.public import limits
from bihuan.capabilities.tipoffs.states import Topic
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.territory.models import GONE, Region, RegionLevel
from bihuan.kernel.territory.trees import in_force, towns

TRAP = "homepage"
"""A field nobody sees; programs that fill in everything fill it in."""
TOPICS = (
    (Topic.HAZARD, "有危险、有隐患", "设备、房屋、道路、作业等不安全"),
    (Topic.FIRE, "消防", "通道堵塞、违规充电、没有灭火设施"),
    (Topic.GAS, "燃气", "漏气、违规存放或使用气瓶"),
    (Topic.ILLEGAL, "非法生产、无证经营", "黑作坊、黑加油、私挖滥采、违法建设"),
    (Topic.VIOLATION, "违章指挥、冒险作业", "无防护登高、超载、逼迫冒险"),
    (Topic.CONCEALED, "出了事故不报、瞒报", ""),
    (Topic.OTHER, "其他安全问题", ""),
)
_REAL = re.compile(r"[^\W_]")
_PHONE = re.compile(r"^\+?[\d][\d\- ]{5,19}$")
_WIDE = str.maketrans("０１２３４５６７８９＋－　", "0123456789+- ")


@dataclass(slots=True)
class Told:
    """A tip-off as it was typed; the place is degrees as the browser or the map gave them."""

    topic: str = ""
    words: str = ""
    region: Region | None = None
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    named: bool = False
    name: str = ""
    contact: str = ""
    trap: str = ""
    failures: list[Failure] = field(default_factory=list)

    @property
    def pin(self) -> str:
        """The point in words, for a page without a map."""
        if self.latitude is None or self.longitude is None:
            return ""
        return f"{self.latitude:.5f}, {self.longitude:.5f}"


def clean(text: str, most: int) -> str:
    """What people typed, without control characters, lone surrogates or trailing blanks; one longer than ``most`` stays longer."""
    kept = "".join(
        char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Cf")
    )
    return kept.strip()[: most + 1]


def read(post: Mapping[str, str]) -> Told:
    """Everything typed, and every reason why it cannot be sent yet. Nothing is lost to a reason."""
    told = Told(
        topic=post.get("topic", "")[:12],
        words=clean(post.get("words", "").replace("\r\n", "\n"), limits.WORDS),
        place=clean(post.get("place", ""), limits.PLACE),
        named=post.get("named") == "yes",
        name=clean(post.get("name", ""), limits.NAME),
        contact=clean(post.get("contact", "").translate(_WIDE), limits.CONTACT),
        trap=post.get(TRAP, ""),
    )
    told.region = _region(post.get("region", ""))
    told.latitude, told.longitude = _point(post.get("lat", ""), post.get("lon", ""))
    told.failures = [*_about(told), *_where(told), *_who(told)]
    return told


def _about(told: Told) -> Sequence[Failure]:
    found = []
    if told.topic not in {topic.value for topic, _, _ in TOPICS}:
        found.append(Failure("tipoff.no_topic", "请选一下是哪一类问题，拿不准就选“其他安全问题”", "topic"))
    if len(_REAL.findall(told.words)) < limits.LEAST_WORDS:
        found.append(Failure("tipoff.no_words", "请写一下哪里危险、是什么情况，一两句话就行", "words"))
    if len(told.words) > limits.WORDS:
        found.append(Failure("tipoff.words_too_long", f"最多写{limits.WORDS}字，请删减一些", "words"))
    return found


def _where(told: Told) -> Sequence[Failure]:
    found = []
    if len(told.place) > limits.PLACE:
        found.append(Failure("tipoff.place_too_long", f"地点最多写{limits.PLACE}字，请写短一些", "place"))
    if told.region is None and told.latitude is None and len(_REAL.findall(told.place)) < 2:
        says = "请说明在哪里：选镇街村居、写地点、或在地图上点一下，有一样就行"
        found.append(Failure("tipoff.no_place", says, "place"))
    return found


def _who(told: Told) -> Sequence[Failure]:
    if not told.named:
        told.name = told.contact = ""
        return []
    found = []
    if not told.name and not told.contact:
        says = "您选了留下姓名和电话，请至少填一样；不想留，请选“不留姓名”"
        found.append(Failure("tipoff.no_name", says, "name"))
    if len(told.name) > limits.NAME:
        found.append(Failure("tipoff.name_too_long", f"姓名最多{limits.NAME}字", "name"))
    if told.contact and not _PHONE.match(told.contact):
        says = "电话号码不对，请写手机号或带区号的座机号，例如 0632-1234567"
        found.append(Failure("tipoff.bad_contact", says, "contact"))
    return found


def _region(written: str) -> Region | None:
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        return None
    known = Region.objects.filter(in_force(clock.today())).exclude(standing__in=GONE)
    levels = [RegionLevel.TOWN, RegionLevel.ZONE, RegionLevel.VILLAGE]
    return known.filter(pk=int(written), level__in=levels).first()


def _point(latitude: str, longitude: str) -> tuple[float, float] | tuple[None, None]:
    """The point, if it is one of China; the fifth decimal is a metre."""
    try:
        lat, lon = float(latitude[:20]), float(longitude[:20])
    except ValueError:
        return None, None
    return (round(lat, 5), round(lon, 5)) if 3 <= lat <= 54 and 73 <= lon <= 136 else (None, None)


@dataclass(frozen=True, slots=True)
class Town:
    """A town with its villages, as the form offers them."""

    key: int
    name: str
    villages: Sequence[tuple[int, str]]


def places() -> Sequence[Town]:
    """Every town of the district in the official order, its villages beneath it."""
    found = list(towns().filter(in_force(clock.today())))
    below: dict[int | None, list[tuple[int, str]]] = {town.pk: [] for town in found}
    villages = Region.objects.filter(in_force(clock.today()), level=RegionLevel.VILLAGE, parent__in=found)
    for key, name, parent in (
        villages.exclude(standing__in=GONE).order_by("order", "pk").values_list("pk", "name", "parent")
    ):
        below[parent].append((key, name))
    return [Town(town.pk, town.name, below[town.pk]) for town in found]
