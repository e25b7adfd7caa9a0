"""Who is who in the demo district: posts, their holders and, for those whom the demo lets act, an account.

The first holder of each role is the one the demo offers; they are drawn up first, in one town, one bureau and one
factory that belong together, so that a matter can be followed from desk to desk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from bihuan.demo.words import names
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import Person, Post, Role, Tenure, User
from bihuan.kernel.territory.models import Agency, Region, Sector


@dataclass(slots=True)
class Seat:
    """A post with its holder; saved together with all others."""

    post: Post
    person: Person
    username: str
    user: User | None = None

    def actor(self, origin: str = "web") -> Actor:
        """The holder at work, having just confirmed who they are."""
        assert self.user is not None
        post = self.post
        scope = Scope(
            role=Role(post.role),
            post_id=post.pk,
            title=post.title,
            agency_id=post.agency_id,
            agency=post.agency.name if post.agency else "",
            region_path=post.region_path,
            sector_paths=tuple(post.sector_paths),
            object=post.object,
            heads=post.heads,
        )
        return Actor(
            id=self.user.pk,
            person_id=self.person.pk,
            name=self.person.name,
            scopes=(scope,),
            origin=origin,
            confirmed_at=clock.now(),
        )


@dataclass(slots=True)
class Staff:
    """All seats, and the quick ways to those that act."""

    since: date
    rng: Random
    seats: list[Seat] = field(default_factory=list)
    office: list[Seat] = field(default_factory=list)
    leaders: list[Seat] = field(default_factory=list)
    experts: list[Seat] = field(default_factory=list)
    bureau: dict[int, list[Seat]] = field(default_factory=lambda: defaultdict(list))
    town: dict[str, list[Seat]] = field(default_factory=lambda: defaultdict(list))
    grid: dict[str, list[Seat]] = field(default_factory=lambda: defaultdict(list))
    inside: dict[UUID, list[Seat]] = field(default_factory=lambda: defaultdict(list))
    _names: Iterator[str] | None = None
    _numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def called(self) -> str:
        """A name nobody has yet."""
        if self._names is None:
            self._names = names(self.rng)
        return next(self._names)

    def seat(
        self,
        role: Role,
        title: str,
        *,
        agency: Agency | None = None,
        region: Region | None = None,
        sectors: Sequence[Sector] = (),
        site: SupervisedObject | None = None,
        heads: bool = False,
        account: bool = True,
        name: str = "",
        person: Person | None = None,
    ) -> Seat:
        """Draw up one post and whoever holds it; ``person`` gives somebody a second post."""
        self._numbers[role] += 1
        post = Post(
            title=title,
            role=role,
            agency=agency,
            region=region,
            region_path=region.path if region else "",
            sector_paths=[sector.path for sector in sectors],
            object=site.uid if site else None,
            heads=heads,
        )
        phone = f"1{self.rng.choice('3578')}9{self.rng.randrange(10**8):08d}"
        certificate = role in (Role.OFFICER,) and f"云执{self.rng.randrange(10**6):06d}"
        holder = person or Person(
            name=name or self.called(),
            phone=phone,
            certificate_no=certificate or "",
            certificate_until=date(self.since.year + 9, 12, 31) if certificate else None,
        )
        username = (
            f"{role.value.replace('_', '-')}-{self._numbers[role]}" if account and person is None else ""
        )
        made = Seat(post, holder, username)
        self.seats.append(made)
        return made

    def _began(self) -> date:
        return self.since + timedelta(days=self.rng.randrange(600))

    def save(self) -> None:
        """Write everybody, in the order drawn up."""
        people = list({id(seat.person): seat.person for seat in self.seats}.values())
        Person.objects.bulk_create(people, batch_size=500)
        Post.objects.bulk_create([seat.post for seat in self.seats], batch_size=500)
        Tenure.objects.bulk_create(
            [Tenure(post=seat.post, person=seat.person, since=self._began()) for seat in self.seats],
            batch_size=500,
        )
        having = [seat for seat in self.seats if seat.username]
        for seat in having:
            seat.user = User(username=seat.username, person=seat.person, must_change_password=False)
            seat.user.set_unusable_password()
        User.objects.bulk_create([seat.user for seat in having if seat.user], batch_size=500)
