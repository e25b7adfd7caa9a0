"""The actor: one person in their posts at this moment. Everything that changes state is handed one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Role, User
from bihuan.kernel.statements import Planned

AT_THE_KEYBOARD = timedelta(minutes=5)
"""How long a person counts as being there after giving the password (or a token its secret)."""

ORIGINS = {"import": "导入", "command": "命令行", "setup": "初次设置", "demo": "演示"}
"""What the system is called on a page when it acts from one of these; every other origin is a word already."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One post of the actor: a role and the jurisdiction it reaches over; ``heads`` when its holder heads the unit (负责人)."""

    role: Role
    post_id: int
    title: str
    agency_id: int | None = None
    agency: str = ""
    region_path: str = ""
    sector_paths: tuple[str, ...] = ()
    object: UUID | None = None
    heads: bool = False

    def covers(
        self, region_path: str, sector_path: str, agency_id: int | None, object_uid: UUID | None
    ) -> bool:
        """Whether a row with these four columns lies in this scope's jurisdiction; the twin of :func:`jurisdiction`."""
        if self.role in ADMIN_ROLES:
            return False
        if self.role in ENTERPRISE_ROLES:
            return self.object is not None and self.object == object_uid
        if self.agency_id is not None and self.agency_id == agency_id:
            return True
        if not self.region_path or not region_path.startswith(self.region_path):
            return False
        return not self.sector_paths or sector_path.startswith(self.sector_paths)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``id`` is the account, ``person_id`` the person behind it; both None for the system itself.

    ``operator`` is the operating-system account that acts at the terminal. With a user's rights it acts ``on_behalf`` of
    that user, whose person is ``behind``: the rights and the separation of persons are the user's, the deed is not.

    ``confirmed_at`` is the moment the person last showed to be who they are; without it nothing can be signed.
    """

    id: int | None
    person_id: int | None
    name: str
    scopes: tuple[Scope, ...] = ()
    origin: str = "web"
    operator: str = ""
    on_behalf: str = ""
    behind: int | None = None
    token_scope: str | None = None
    confirmed_at: datetime | None = None
    all_seeing: bool = field(default=False)

    @classmethod
    def system(cls, origin: str) -> Actor:
        """The system acting by itself (a timer, an import without a user); it signs nothing."""
        return cls(
            id=None,
            person_id=None,
            name=f"系统（{ORIGINS.get(origin, origin)}）",
            origin=origin,
            all_seeing=True,
        )

    @classmethod
    def at_terminal(cls, operator: str) -> Actor:
        """Whoever sits at the terminal, as the record names them; signs nothing."""
        return replace(cls.system("command"), name=f"{operator}（命令行）", operator=operator)

    def through_terminal(self, operator: str) -> Actor:
        """The account ``operator`` of the machine with this user's rights: never the user's own hand or signature."""
        return replace(
            self, person_id=None, name=f"{operator}（命令行）", origin="import", operator=operator,
            on_behalf=self.name, behind=self.person_id, confirmed_at=None,
        )  # fmt: skip

    @property
    def confirmed(self) -> bool:
        """Whether the person has shown within five minutes to be there, so that a signature is theirs."""
        said = self.confirmed_at
        return said is not None and timedelta(0) <= clock.now() - said <= AT_THE_KEYBOARD

    @property
    def is_system(self) -> bool:
        return self.id is None and self.person_id is None

    @property
    def post(self) -> str:
        """The post as it stands on papers; the first one held when several are; whose it is when it is lent."""
        held = self._first_post()
        return f"{held}（代 {self.on_behalf}）" if self.on_behalf else held

    def _first_post(self) -> str:
        if not self.scopes:
            return ""
        first = self.scopes[0]
        return (
            first.title
            if not first.agency or first.title.startswith(first.agency)
            else f"{first.agency} {first.title}"
        )

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(scope.role for scope in self.scopes)

    @property
    def ref(self) -> str:
        """The actor as the record keeps it: the account's number, ``os:`` and the machine's account, or empty."""
        if self.operator:
            return f"os:{self.operator}"
        return "" if self.id is None else str(self.id)

    @property
    def persons(self) -> frozenset[int]:
        """The person who acts and the one whose rights are used: neither may do what another must do."""
        return frozenset(pk for pk in (self.person_id, self.behind) if pk is not None)

    def holds(self, *roles: Role) -> bool:
        return any(scope.role in roles for scope in self.scopes)

    def holds_over(self, region_path: str, *roles: Role) -> bool:
        """Whether one of the actor's posts has one of ``roles`` over a place or what lies around it, in any sector."""
        return any(
            scope.role in roles and bool(scope.region_path) and region_path.startswith(scope.region_path)
            for scope in self.scopes
        )

    def confirmed_now(self) -> Actor:
        """The same actor, having shown at this moment who they are."""
        return replace(self, confirmed_at=clock.now())

    def covers(
        self,
        roles: frozenset[Role],
        region_path: str,
        sector_path: str,
        agency_id: int | None,
        object_uid: UUID | None,
    ) -> bool:
        """Whether one of the actor's posts has one of ``roles`` and reaches the row."""
        return any(
            scope.role in roles and scope.covers(region_path, sector_path, agency_id, object_uid)
            for scope in self.scopes
        )


_HELD = "p.name, t.post_id, o.role, o.title, o.agency_id, COALESCE(a.name, ''), o.region_path, o.sector_paths, o.object, o.heads"
_POSTS = """
  LEFT JOIN people_tenure t
    ON t.person_id = p.id AND t.since <= $1 AND (t.until IS NULL OR t.until > $1)
  LEFT JOIN people_post o ON o.id = t.post_id
  LEFT JOIN territory_agency a ON a.id = o.agency_id
"""
_OF_PERSON = Planned(
    f"SELECT {_HELD} FROM people_person p {_POSTS} WHERE p.id = $2 ORDER BY t.id",  # noqa: S608 - constants
    "date",
    "bigint",
)
_OF_TOKEN = Planned(
    f"""
SELECT u.id, u.person_id, k.scope, {_HELD}
  FROM people_apitoken k JOIN people_user u ON u.id = k.user_id JOIN people_person p ON p.id = u.person_id {_POSTS}
 WHERE k.digest = $2 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $3) AND u.is_active
 ORDER BY t.id
""",  # noqa: S608 - constants
    "date", "bytea", "timestamptz",
)  # fmt: skip


def actor_of(user: User, *, on: date | None = None, origin: str = "web") -> Actor:
    """The actor behind an account, with the posts held on ``on`` (today). One statement: every request begins here."""
    return actor_of_ids(user.pk, user.person_id, on=on, origin=origin)


def actor_of_ids(user_id: int, person_id: int, *, on: date | None = None, origin: str = "web") -> Actor:
    """The same by the account's and the person's id."""
    rows = _OF_PERSON.rows(on or clock.today(), person_id)
    if not rows:
        raise ValueError(f"no person {person_id}")
    return Actor(id=user_id, person_id=person_id, name=rows[0][0], scopes=_scopes(rows), origin=origin)


def bearer_of(digest: bytes) -> Actor | None:
    """The actor behind an API token in force, by the token's digest; one statement as well."""
    rows = _OF_TOKEN.rows(clock.today(), digest, clock.now())
    if not rows:
        return None
    user_id, person_id, scope, name = rows[0][:4]
    scopes = _scopes([row[3:] for row in rows])
    return Actor(id=user_id, person_id=person_id, name=name, scopes=scopes, origin="api", token_scope=scope)


def _scopes(rows: Iterable[tuple[Any, ...]]) -> tuple[Scope, ...]:
    return tuple(
        Scope(Role(role), post, title, agency_id, agency, region_path, tuple(sector_paths), supervised, heads)
        for _, post, role, title, agency_id, agency, region_path, sector_paths, supervised, heads in rows
        if post is not None
    )


def jurisdiction(actor: Actor, prefix: str = "", object_column: str = "object") -> Q:
    """What ``actor`` may see, as one predicate over region path, sector path, agency and object.

    Every list, search, export, count and door uses this and nothing else, so no side door can forget it.
    """
    if actor.all_seeing:
        return Q()
    reach = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.role in ADMIN_ROLES:
            continue
        if scope.role in ENTERPRISE_ROLES:
            reach |= Q(**{prefix + object_column: scope.object})
            continue
        if scope.agency_id is not None:
            reach |= Q(**{f"{prefix}agency": scope.agency_id})
        if scope.region_path:
            place = Q(**{f"{prefix}region_path__startswith": scope.region_path})
            sectors = Q()
            for path in scope.sector_paths:
                sectors |= Q(**{f"{prefix}sector_path__startswith": path})
            reach |= place & sectors
    return reach
