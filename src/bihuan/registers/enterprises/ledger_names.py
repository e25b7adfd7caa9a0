"""Which object a ledger row means. The code decides; a name alone only when exactly one object of the place bears it.

What the register lacks is created 待核实 and listed for confirmation; likeness alone merges nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import ObjectAlias, ObjectKind, SupervisedObject
from bihuan.kernel.territory.models import GONE, Region, RegionLevel, Sector, Standing
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import find_region, plant, the_district


@dataclass(frozen=True, slots=True)
class LedgerName:
    """An enterprise as a row names it; ``code`` is normalised and right, or empty."""

    name: str
    code: str
    region: Region
    sector: Sector | None


class LedgerNames:
    """Resolves all names of one ledger with a fixed number of statements.

    Give it every name first, then ask for each; new objects are in ``created``, unsaved until :meth:`save`. Whoever is
    going to write under what is found says ``hold``: until the transaction ends nobody merges any of it into another.
    """

    def __init__(self, names: Iterable[LedgerName], named_by: str, *, hold: bool = False) -> None:
        self.created: list[SupervisedObject] = []
        self._new_ones: set[object] = set()
        self._named_by = named_by
        self._by_code: dict[str, SupervisedObject] = {}
        self._by_name: dict[str, dict[object, SupervisedObject]] = defaultdict(dict)
        self._load(list(names), hold)

    def object_of(self, named: LedgerName) -> SupervisedObject:
        """The known object, or a new 待核实 one, the same for every row that names it alike."""
        if named.code and named.code in self._by_code:
            return self._by_code[named.code]
        namesakes = [
            known
            for known in self._by_name[name_key(named.name)].values()
            if self._near(known, named.region) and (not named.code or self._uncoded(known))
        ]
        here = [known for known in namesakes if known.region_id == named.region.pk]
        for among in (namesakes, here):
            for alike in (among, [known for known in among if _same_sector(known, named.sector)]):
                if len(alike) == 1:
                    return self._with_code(alike[0], named.code)
        waiting = [known for known in here if self._uncoded(known)]
        return self._with_code(waiting[0], named.code) if len(waiting) == 1 else self._new(named)

    def _uncoded(self, known: SupervisedObject) -> bool:
        """Whether this ledger brought it, so far without a code."""
        return known.pk in self._new_ones and not known.credit_code

    @staticmethod
    def _near(known: SupervisedObject, region: Region) -> bool:
        """Whether it lies in the town or village the row names, or around it; a namesake elsewhere is another shop."""
        return known.region_path.startswith(region.path) or region.path.startswith(known.region_path)

    def save(self) -> int:
        """Write the new objects; returns how many."""
        SupervisedObject.objects.bulk_create(self.created)
        return len(self.created)

    def _load(self, names: list[LedgerName], hold: bool) -> None:
        codes = {named.code for named in names if named.code}
        keys = {name_key(named.name) for named in names}
        if hold:
            _hold(sorted(codes), sorted(keys))
        living = SupervisedObject.objects.exclude(standing__in=GONE).select_related("region", "sector")
        for known in living.filter(credit_code__in=codes):
            self._by_code[known.credit_code] = known
        for known in living.filter(name_key__in=keys, kind=ObjectKind.ENTERPRISE):
            self._by_name[known.name_key][known.pk] = known
        aliases = ObjectAlias.objects.filter(name_key__in=keys, object__kind=ObjectKind.ENTERPRISE)
        for alias in aliases.exclude(object__standing__in=GONE).select_related("object__region"):
            self._by_name[alias.name_key][alias.object_id] = alias.object

    def _with_code(self, known: SupervisedObject, code: str) -> SupervisedObject:
        if code and not known.credit_code and known.pk in self._new_ones:
            known.credit_code = code
            self._by_code[code] = known
        return known

    def _new(self, named: LedgerName) -> SupervisedObject:
        made = draft_object(
            named.name,
            named.region,
            sector=named.sector,
            credit_code=named.code,
            standing=Standing.PENDING,
            named_by=self._named_by[:120],
        )
        self.created.append(made)
        self._new_ones.add(made.pk)
        self._by_name[made.name_key][made.pk] = made
        if named.code:
            self._by_code[named.code] = made
        return made


def _hold(codes: list[str], keys: list[str]) -> None:
    """Wait for mergers under way and keep others off: shared, so that two ledgers of one enterprise do not wait."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, {"codes": codes, "keys": keys})


_HOLD = """
SELECT 1 FROM objects_supervisedobject WHERE credit_code = ANY(%(codes)s) OR name_key = ANY(%(keys)s)
  OR uid IN (SELECT object_id FROM objects_objectalias WHERE name_key = ANY(%(keys)s))
ORDER BY uid FOR SHARE
"""


def _same_sector(known: SupervisedObject, sector: Sector | None) -> bool:
    """Whether the row's sector is the object's or a part of it; a unit can have findings in more sectors than its own."""
    return sector is not None and bool(known.sector_path) and sector.path.startswith(known.sector_path)


def region_or_pending(text: str) -> Region:
    """The town or village a ledger means; an unknown one is planted below the district as a 待核实 town.

    Raises:
        LookupError: there is no district yet.
    """
    found = find_region(text)
    if found is not None:
        return found
    district = the_district()
    if district is None:
        raise LookupError("no district has been set up")
    return plant(Region, district.region, text.strip(), level=RegionLevel.TOWN, standing=Standing.PENDING)
