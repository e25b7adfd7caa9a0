"""What stands around every page, and the places it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go; in the navigation ``icon`` names a vendored icon and ``count`` what waits there.

    ``also`` are addresses of the same place that do not begin with ``href``.
    """

    label: str
    href: str
    icon: str = ""
    count: int | None = None
    current: bool = False
    also: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: where I am, as whom, and what of mine is open."""

    district: str
    demo: bool = False
    user_name: str = ""
    who_key: str = ""
    """Tells two people of one name apart where drafts are kept on a shared computer (the account's number)."""
    post: str = ""
    open_count: int = 0
    open_href: str = "/"
    overdue_count: int = 0
    notice_count: int = 0
    notices_href: str = "/notices/"
    search_href: str = "/hazards/"
    query: str = ""
    navigation: Sequence[Link] = ()
    account: Sequence[Link] = ()
    """Entries of the menu under my name, before 修改密码 and 退出登录."""

    @property
    def thumb(self) -> Sequence[Link]:
        """The bottom bar of a phone holds five: all of them, or four and 更多."""
        return self.navigation if len(self.navigation) <= 5 else self.navigation[:4]
