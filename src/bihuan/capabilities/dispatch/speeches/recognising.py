"""Finding units in a text: written-out names, short words of departments, kinds of addressees."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from bihuan.capabilities.dispatch.speeches.units import LEVEL, Register, Unit, UnitList
from bihuan.capabilities.dispatch.speeches.vocabulary import families, offices, one_of, unit_words, words

MOST_UNITS = 60
"""More than any list of addressees has; a list that never ends is no list."""
_PAREN = r"(?:（[^（）]{1,12}）)?"
_SEPARATOR = r"(?:、|和|及|以及|与|或|，以及|，|暨|(?<=[门位府委])(?=各))"
_TAIL = (
    r"(?:等)?(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:相关|有关|职能|主管|行业主管|责任|监管|行业)?"
    r"(?:部门|单位|系统|机关)(?:[或和及](?:有关|相关)?单位)?"
)


_PLACE_CHARACTER = r"(?![由请向报和与及对将把])[\u4e00-\u9fa5]"
_OF_THE_COMMITTEE = (
    rf"{LEVEL}(?:委|政府)(?!和|与|、)[\u4e00-\u9fa5]{{1,6}}?(?:部|办公室|办|督查室|研究室|政法委|中心组)"
)


class Recogniser:
    """Finds units in one text; what the text itself writes out teaches the short words of its departments."""

    def __init__(self, text: str, register: Register | None = None) -> None:
        self._register = register or Register()
        self._offices = offices()
        self._level = _level_of(text)
        self._answers: dict[tuple[str, int, int | None], UnitList | None] = {}
        self._patterns()
        self._written = self._learn(text)

    def _patterns(self) -> None:
        # A register name in the text may lack its 区, so both forms count; one character is no name.
        known = {form for name in self._register.names for form in (name, re.sub(f"^{LEVEL}", "", name))}
        stem = f"(?:{LEVEL})?{one_of(self._offices)}"
        none = one_of(unit_words("names", "none"))
        ending = one_of(unit_words("names", "endings"))
        full = rf"(?:(?!{none})[\u4e00-\u9fa5X×\d]){{1,12}}?{ending}(?!{LEVEL}长|长)|{_OF_THE_COMMITTEE}"
        kinds, before = one_of(unit_words("classes", "kinds")), one_of(unit_words("classes", "before"))
        bare = one_of(unit_words("classes", "bare"))
        of_them = one_of(unit_words("classes", "after"))
        kind = rf"(?:{before}{{1,4}}{kinds}|{bare}){_PAREN}{of_them}{{0,2}}"
        levels = f"(?:[全我][区县市])?{one_of(unit_words('classes', 'everybody'))}"
        registered = one_of(known) if known else r"(?!)"
        self._atom = re.compile(
            rf"(?P<register>{registered})|(?P<stem>{stem})(?=[、和及与要]|以及|等|必须|负责|牵头|[一二三四五六七八九十两]{{1,2}}(?:个|家)|(?:相关|有关|主管|职能|监管|行业)?(?:部门|单位|系统|机关))"
        )
        self._kinds = (re.compile(levels), re.compile(kind))
        self._office = re.compile(f"{one_of(self._offices)}(?:局|委|办|大队|救援大队|分局)")
        self._stem, self._ending = one_of(self._offices), ending
        town = rf"(?!{_NO_TOWN})[\u4e00-\u9fa5]{{2,3}}(?:镇|乡|街道)(?:人民政府|政府|办事处|党委)?"
        self._full = re.compile(
            rf"(?P<full>{full})|(?P<town>{town})(?=[、，和要应须及配负牵于在对每按等（]|必须|将|会同|$)"
        )
        self._separator = re.compile(_SEPARATOR)
        self._tail = re.compile(_TAIL)

    def _learn(self, text: str) -> dict[str, str]:
        """Names written out in the text, by the short word of the department they belong to."""
        found: dict[str, Counter[str]] = {}
        ending = "(?:局|委|分局|大队|救援大队|办|公司|中心)"
        before = rf"(?:{LEVEL}|(?:{_PLACE_CHARACTER}){{2}}(?=国土|公安)|(?<=[、和，。；：]))"
        for match in re.finditer(rf"{before}(?P<short>{self._stem}){ending}", text):
            if self._offices[match["short"]]:
                found.setdefault(match["short"], Counter())[match.group()] += 1
        return {short: counts.most_common(1)[0][0] for short, counts in found.items()}

    def at(self, text: str, start: int = 0, end: int | None = None) -> UnitList | None:
        """The list of units that begins exactly at ``start``, or None. Asked twice, it answers from memory."""
        asked = (text, start, end)
        if asked not in self._answers:
            self._answers[asked] = self._list_at(text, start, end)
        return self._answers[asked]

    def _list_at(self, text: str, start: int, end: int | None) -> UnitList | None:
        end = len(text) if end is None else end
        units: list[Unit] = []
        at = start
        while at < end and len(units) < MOST_UNITS:
            found = self._one(text, at, end)
            if found is None:
                break
            unit, after = found
            units.append(unit)
            at = after
            joined = self._separator.match(text, at, end)
            if not joined and (tail := self._tail.match(text, at, end)):
                joined = self._separator.match(text, tail.end(), end)
            if joined is None or self._one(text, joined.end(), end) is None:
                break
            at = joined.end()
        if not units:
            return None
        if others := _OTHERS.match(text, at, end):
            at = others.end()
            if not units[-1].named:
                whole = units[-1].text + others.group()
                units[-1] = Unit(whole, whole, named=False)
        tail = self._tail.match(text, at, end)
        if tail:
            at = tail.end()
        elif not self._stands(units):
            return None
        return UnitList(tuple(_distinct(units)), text[start:at], start, at)

    def _stands(self, units: list[Unit]) -> bool:
        """Short words that are ordinary words too (建设、宣传) are units only before 部门."""
        return not (units[-1].named and units[-1].text in self._plain)

    @cached_property
    def _branch_place(self) -> str:
        """「某某国土分局」: branches of city bureaus bear the district's name, and one shows how the others are called."""
        for short, name in self._written.items():
            place = name.removesuffix("分局").removesuffix(short)
            if name.endswith("分局") and len(place) > 1:
                return place
        return ""

    @cached_property
    def _plain(self) -> frozenset[str]:
        return frozenset(set(unit_words("plain", "words")) - set(self._register.names))

    @cached_property
    def _generic(self) -> frozenset[str]:
        listed = [office if isinstance(office, list) else [office] for office in self._offices.values()]
        return _COMMITTEES.union(*listed) - {"派出所"}

    def _one(self, text: str, at: int, end: int) -> tuple[Unit, int] | None:
        found = [match for pattern in self._kinds if (match := pattern.match(text, at, end))]
        kind = max(found, key=re.Match.end, default=None)
        atom = self._atom.match(text, at, end)
        full = self._full.match(text, at, end)
        longest = max((match.end() for match in (kind, atom) if match), default=at)
        if full and full.end() > longest and self._plausible(full.group()):
            whole = _BRANCH.match(text, full.end(), end)
            last = whole.end() if whole else full.end()
            return self._named(text[at:last]), last
        if atom:
            return self._named(atom.group()), atom.end()
        return (Unit(kind.group(), kind.group(), named=False), kind.end()) if kind else None

    def _plausible(self, name: str) -> bool:
        if len(name) < 3:
            return False
        bare = re.sub(f"{self._stem}|{self._ending}", "", name)
        if _VERBS.search(bare):
            return False
        if _TWO_FIELDS.fullmatch(name):
            return True
        return not _NO_START.match(name) and not _NO_PART.search(bare)

    def _named(self, text: str) -> Unit:
        short = re.sub(f"^{LEVEL}", "", text)
        office = self._offices.get(short) or self._offices.get(text)
        name = text
        if short in self._written:
            name = self._written[short]
        elif office:
            name = office if isinstance(office, str) else office[0 if self._level == "区" else -1]
            name = self._branch_place + name if name.endswith("分局") else name
        agency = self._register.find(text, name, self._with_level(name))
        if agency and text in self._register.names and text not in self._offices and not office:
            return Unit(agency, text, named=True, agency=agency)
        return Unit(self._with_level(name), text, named=True, agency=agency)

    def _with_level(self, name: str) -> str:
        bare = name in self._generic or self._office.fullmatch(name)
        return self._level + name if bare else name


_TWO_FIELDS = re.compile(f"(?:{LEVEL})?(?![^和]*(?:局|委|办|部|公司|大队)和)[^、]{{2,6}}和[^、和]{{2,6}}局")
"""「县粮食和物资储备局」 is one office."""
_BRANCH = re.compile(
    r"(?:交警|治安|刑警|特警|巡警|派出所|消防|监察|执法|安监|驻|安全|综合|督查)[\u4e00-\u9fa5]{0,6}?(?:大队|中队|支队|所|站|科|室|股|办公室|人员|专员)|宣传部|组织部"
    r"|督查室|办公室|民兵应急分队|应急分队"
)
"""「县公安局交警大队」, 「县应急局驻矿人员」: a part of the office just named."""
_OTHERS = re.compile("(?:或|和|及)(?:有关|相关|其他)?(?:单位|部门)")
_NO_TOWN = "[全本我]|有关|相关|所属|重点|.{0,2}(?:各|的|要|属地|乡镇|城镇|集镇|村镇|街镇|区镇|县镇)"
_NO_START = re.compile(
    "要|督促|加强|组织|会同|对|由|向|把|将|以|的|是|在|按|报|协助|配合|为|等|请|于|到|成立|建立|各|我|经|就|从|因|并|或"
)
_NO_PART = re.compile(
    "[要的和与及由也里给让被报送请向每]|清单|名单|情况|方案|资金|经费|问题|材料|会同|正在|研究|已经|召开|督促|负责|牵头|组织|等部门|加强|配合|成立"
)
_VERBS = re.compile(one_of(word for word in (*families(), *words("adverbs")) if len(word) > 1))
_COMMITTEES = frozenset(
    {"安委会", "安委办", "安委会办公室", "安全生产委员会", "安全生产委员会办公室", "纪委监委"}
)


def _level_of(text: str) -> str:
    counts = Counter(re.findall(r"(?:全|我|本)([区县市])", text))
    counts.update(re.findall(r"([区县市])(?:安委|政府|委、|应急|安监|住建|公安|财政)", text))
    return counts.most_common(1)[0][0] if counts else ""


def _distinct(units: list[Unit]) -> list[Unit]:
    return list({unit.name: unit for unit in units}.values())
