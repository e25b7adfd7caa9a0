"""Where a batch and its items lie, which object they are about, and to which batch an item belongs."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.tipoffs import positions
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region, Sector
from bihuan.kernel.territory.trees import the_district


def batch(matter: Batch, given: Any, actor: Any) -> None:
    """A batch lies in the district: its items may lie in several towns."""
    matter.region_path = _district()


def item(matter: Item, given: Any, actor: Any) -> None:
    """An item lies where it was said to lie, else where the object lies, else in the district."""
    if not isinstance(getattr(matter, "batch", None), Batch):
        raise Refused.because("tipoff.no_batch", "举报件须随批次登记，请从批次登记", "batch")
    about(matter, given, actor)
    if not matter.region_path:
        matter.region_path = _district()
    place = positions.read(given.position)
    if place is not None:
        matter.lon_e6, matter.lat_e6 = place


def from_ledger(matter: Item, given: Any, actor: Any) -> None:
    """An item of a ledger lies where the ledger says, else in the district."""
    matter.region_path = _district()
    if given.region is not None:
        path = Region.objects.filter(pk=given.region).values_list("path", flat=True).first()
        matter.region_path = path or matter.region_path


def another(matter: Item, given: Any, actor: Any) -> None:
    """A further item of a batch: the batch is held, so that two at once do not take the same place in it."""
    found = Batch.objects.select_for_update(of=("self",)).filter(no=given.batch.strip()).first()
    if found is None or not (actor.all_seeing or actor.holds_over(found.region_path, Role.OFFICE)):
        raise Refused.because("tipoff.batch_unknown", f"没有查到批次 {given.batch}", "batch")
    matter.batch = found
    item(matter, given, actor)


def about(matter: Item, given: Any, actor: Any) -> None:
    """The object, the sector and the town, where they were said; what was not said stays as it is."""
    if given.subject is not None:
        subject = subject_of(given.subject, actor)
        matter.subject = subject
        matter.region_path = subject.region_path
        matter.sector_path = subject.sector_path or matter.sector_path
    if given.sector is not None:
        path = Sector.objects.filter(pk=given.sector, until=None).values_list("path", flat=True).first()
        if path is None:
            raise Refused.because("tipoff.sector_unknown", "行业领域不存在或已调整，请重新选择", "sector")
        matter.sector_path = path
    if given.region is not None:
        path = Region.objects.filter(pk=given.region).values_list("path", flat=True).first()
        if path is None:
            raise Refused.because("tipoff.region_unknown", "所在镇街不存在，请重新选择", "region")
        matter.region_path = path


def subject_of(uid: Any, actor: Any) -> SupervisedObject:
    """The object through the door of whoever names it.

    Raises:
        Refused: ``tipoff.subject_unknown``.
    """
    try:
        return access_object(actor, uid, joined=False)
    except Absent as absent:
        raise Refused.because(
            "tipoff.subject_unknown", "没有查到该单位，或不在您的辖区，请重新选择", "subject"
        ) from absent


def _district() -> str:
    district = the_district()
    assert district is not None, "a tip-off is received by a district"
    return str(district.region.path)
