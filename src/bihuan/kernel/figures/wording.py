"""Names for paths and codes: what a table's lines and a figure's scope are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.people.models import Post, Tenure
from bihuan.kernel.territory.models import Agency, Region, RegionLevel, Sector
from bihuan.kernel.territory.trees import the_district

UNKNOWN = "未注明"

_SAID = (
    "source", "grade", "kind", "type", "body", "code", "site", "rule", "target", "result", "topic", "origin", "company",
)  # fmt: skip
_labels: dict[str, Mapping[str, str]] = {}


def name_codes(dim: str, labels: Mapping[str, str]) -> None:
    """Say what the codes of a dimension are called: ``source``, ``grade``."""
    _labels[dim] = {**_labels.get(dim, {}), **labels}


def label(dim: str, code: str) -> str:
    """The Chinese name of a code; the code itself where nobody named it."""
    return _labels.get(dim, {}).get(code, code) or UNKNOWN


def scope_words(scope: Scope) -> list[str]:
    """The scope in the words of a report: 全区，工贸. The place always stands first."""
    words = [_place(scope)]
    if scope.sectors:
        words.append("、".join(_names(Sector, scope.sectors)))
    words += [label(dim, value) for dim in _SAID if (value := getattr(scope, dim))]
    if scope.campaign:
        words.append(scope.campaign)
    if scope.agency is not None:
        agency = Agency.objects.filter(pk=scope.agency).first()
        words.append(agency.name if agency else str(scope.agency))
    if scope.leader is not None:
        words.append(_posts([scope.leader]).get(scope.leader, UNKNOWN))
    return words


def _place(scope: Scope) -> str:
    district = the_district()
    exactly = "regions" in scope.exactly
    if not scope.regions or (district and scope.regions == (district.region.path,) and not exactly):
        return f"全{district.region.name[-1] if district else '区'}"
    names = "、".join(_names(Region, scope.regions))
    return f"{names}（本级）" if exactly else names


def _names(kind: type[Region] | type[Sector], paths: tuple[str, ...]) -> list[str]:
    known = dict(kind.objects.filter(path__in=paths).values_list("path", "name"))
    return list(dict.fromkeys(known.get(path, path or UNKNOWN) for path in paths))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown: its name and the scope of what it counts."""

    name: str
    scope: Scope


def town_of(paths: list[str], scope: Scope) -> dict[str, Line]:
    """Each region path's line: its town, or, for what is filed above the towns, that place itself."""
    above = (RegionLevel.CITY, RegionLevel.DISTRICT)
    rows = Region.objects.filter(level__in=[*above, RegionLevel.TOWN, RegionLevel.ZONE]).order_by(
        "order", "id"
    )
    towns: dict[str, str] = {}
    higher: dict[str, str] = {}
    for path, name, level in rows.values_list("path", "name", "level"):
        (higher if level in above else towns)[path] = name
    return _lines(paths, scope, "regions", towns, {path: f"{name}（本级）" for path, name in higher.items()})


def sector_of(paths: list[str], scope: Scope) -> dict[str, Line]:
    """Each sector path's line: its root sector. Versions of one sector under one name share a line."""
    rows = Sector.objects.filter(parent=None).order_by("order", "id")
    return _lines(paths, scope, "sectors", dict(rows.values_list("path", "name")), {})


def unit_of(keys: list[str], scope: Scope) -> dict[str, Line]:
    """Each agency's line, in the order of the register."""
    rows = Agency.objects.filter(pk__in=[int(key) for key in keys if key]).order_by("kind", "order", "id")
    known = {str(pk): name for pk, name in rows.values_list("pk", "name")}
    ranked = sorted(keys, key=lambda key: list(known).index(key) if key in known else len(known))
    return {key: Line(known.get(key, UNKNOWN), scope.at("agency", key)) for key in ranked}


def leader_of(keys: list[str], scope: Scope) -> dict[str, Line]:
    """Each leading post's line, heads first."""
    titles = _posts([int(key) for key in keys if key])
    ranked = sorted(
        keys, key=lambda key: list(titles).index(int(key)) if key and int(key) in titles else len(titles)
    )
    return {
        key: Line(titles.get(int(key), UNKNOWN) if key else UNKNOWN, scope.at("leader", key))
        for key in ranked
    }


def _posts(keys: list[int]) -> dict[int, str]:
    """What each post is called; posts of one title are told apart by who held them last, else by their number."""
    last = Tenure.objects.filter(post=OuterRef("pk")).order_by("-since", "-id").values("person__name")[:1]
    rows = Post.objects.filter(pk__in=keys).order_by("-heads", "id").annotate(holder=Subquery(last))
    told = list(rows.values_list("pk", "title", "holder"))
    alike = Counter(title for _, title, _ in told)
    named = {
        pk: title if alike[title] == 1 else f"{title} {holder or ''}".strip() for pk, title, holder in told
    }
    twice = Counter(named.values())
    return {pk: name if twice[name] == 1 else f"{name}（{pk}）" for pk, name in named.items()}


def _lines(
    paths: list[str], scope: Scope, part: str, nodes: dict[str, str], above: dict[str, str]
) -> dict[str, Line]:
    """The line of each path, in the order of ``nodes``; strays keep a line of their own, none is dropped."""
    named: dict[str, tuple[str, bool]] = {}
    gathered: dict[tuple[str, bool], list[str]] = {}
    for path in paths:
        node = _longest(path, nodes)
        line = (nodes[node], False) if node else (above.get(_longest(path, above), UNKNOWN), True)
        named[path] = line
        gathered.setdefault(line, [])
        if (kept := node or path) not in gathered[line]:
            gathered[line].append(kept)
    order = {name: place for place, name in enumerate(nodes.values())}
    ranked = sorted(paths, key=lambda path: (order.get(named[path][0], len(order)), path))
    return {
        path: Line(name, scope.within(part, tuple(gathered[name, exactly]), exactly=exactly))
        for path in ranked
        for name, exactly in [named[path]]
    }


def _longest(path: str, nodes: dict[str, str]) -> str:
    steps = path.split(".")[:-1]
    prefixes = (".".join(steps[:length]) + "." for length in range(len(steps), 0, -1))
    return next((prefix for prefix in prefixes if prefix in nodes), "")
