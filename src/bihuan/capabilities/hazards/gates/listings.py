"""挂牌督办: only the level that listed a hazard takes it off the list (M090)."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.hazards.states import Grade
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import gone_by


def off_the_list(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A listed hazard is closed only after the level that listed it has taken it off (M090)."""
    listing = open_listing(hazard)
    if listing is not None:
        return Failure("hazard.still_listed", f"该隐患正由{listing.level_label}挂牌督办，须先由挂牌层级摘牌")
    return None


def off_the_list_before_downgrading(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Only the listing level de-lists (M090): a lower grade is no way around it."""
    return None if given.grade == Grade.MAJOR else off_the_list(hazard, given, actor)


def is_listed(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Only what is on the list can be taken off it."""
    return None if open_listing(hazard) else Failure("hazard.not_listed", "该隐患没有挂牌督办")


def open_listing(hazard: Any) -> Any:
    """The listing in force, asked for once per hazard in hand; general hazards never have one."""
    if hazard.grade != Grade.MAJOR:
        return None
    if not hasattr(hazard, "_open_listing"):
        hazard._open_listing = hazard.listings.filter(delisted_on=None).first()
    return hazard._open_listing


def delisted_by_its_level(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """市级、省级 listings are lifted on their own paper, which is cited."""
    listing = open_listing(hazard)
    if listing is not None and listing.level in ("city", "province") and not given.document_no:
        return Failure(
            "hazard.delisting_document",
            f"{listing.level_label}挂牌的隐患只能由该级摘牌，请填写上级摘牌文件文号",
            "document_no",
        )
    return None


_LEVELS = ("district", "city", "province")


def not_below_its_level(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """New terms from below would lift the listing of a higher level without its paper (M090)."""
    listing = open_listing(hazard)
    if listing is None:
        return None
    if _LEVELS.index(given.level) >= _LEVELS.index(listing.level):
        return None
    return Failure(
        "hazard.listed_higher", f"该隐患正由{listing.level_label}挂牌督办，须先凭该级文件摘牌", "level"
    )


def listing_due_in_future(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A day that has gone by binds nobody."""
    return gone_by(given.due_on, "due_on", "督办期限", "hazard.due_in_past")
