"""A small district for tests: two towns, a few agencies, one enterprise each side, and somebody in every role.

Names say what they are for, so that a test reads like the duty it checks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bihuan.kernel.loops.writing import forget_district
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor, actor_of
from bihuan.kernel.people.models import Person, Post, Role, Tenure, User
from bihuan.kernel.territory.models import Agency, AgencyKind, Region, RegionLevel, Regulation, Sector
from bihuan.kernel.territory.trees import find_sector, found_district, plant
from bihuan.registers.credit_code import make
from bihuan.registers.sector_loading import load_sectors

SINCE = date(2020, 1, 1)
CODE = "370403"


@dataclass
class World:
    """The district and its people; ``actors`` by a short name such as ``clerk_east``."""

    district: Region
    east: Region
    west: Region
    office: Agency
    bureau: Agency
    builders: Agency
    east_government: Agency
    west_government: Agency
    factory: SupervisedObject
    site: SupervisedObject
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The actor as if signed in and having just given the password again."""
        return actor_of(self.users[name]).confirmed_now()

    def user(self, name: str) -> User:
        return self.users[name]


def _sector(text: str) -> Sector:
    found = find_sector(text)
    assert found is not None, text
    return found


def build_world(code: str = CODE, name: str = "薛河区") -> World:
    """Build the district inside the calling test's transaction."""
    forget_district()
    load_sectors()
    district = found_district(code, name).region
    east = plant(Region, district, "东湖镇", level=RegionLevel.TOWN, order=1)
    west = plant(Region, district, "西岭街道", level=RegionLevel.TOWN, order=2)
    leadership = plant(
        Agency, None, "薛河区人民政府", kind=AgencyKind.LEADERSHIP, region=district, files_ledger=False
    )
    office = plant(
        Agency, None, "区安委办", kind=AgencyKind.COMMITTEE_OFFICE, region=district, files_ledger=False
    )
    bureau = plant(Agency, None, "区应急管理局", kind=AgencyKind.DEPARTMENT, region=district)
    builders = plant(Agency, None, "区住房和城乡建设局", kind=AgencyKind.DEPARTMENT, region=district)
    east_government = plant(Agency, None, "东湖镇人民政府", kind=AgencyKind.TOWN_GOVERNMENT, region=east)
    west_government = plant(Agency, None, "西岭街道办事处", kind=AgencyKind.TOWN_GOVERNMENT, region=west)
    trade, building = _sector("工贸"), _sector("建筑施工")
    Regulation.objects.create(agency=bureau, sector=trade)
    Regulation.objects.create(agency=builders, sector=building)
    factory = draft_object("东湖纺织有限公司", east, sector=trade, credit_code=make("91370403MA3FABRA1"))
    factory.agency = bureau
    factory.save()
    site = draft_object("西岭安置房项目部", west, sector=building, credit_code=make("91370403MA3FABRB2"))
    site.agency = builders
    site.save()
    world = World(
        district, east, west, office, bureau, builders, east_government, west_government, factory, site
    )
    add = _People(world)
    add("leader", Role.LEADER, "副区长", leadership, district, heads=True)
    add("office", Role.OFFICE, "安委办主任", office, district, heads=True)
    add("office_two", Role.OFFICE, "安委办科员", office, district)
    add("regulator", Role.REGULATOR, "工贸科科长", bureau, district, sectors=(trade,), heads=True)
    add("regulator_two", Role.REGULATOR, "工贸科科员", bureau, district, sectors=(trade,))
    add("officer", Role.OFFICER, "执法大队队员", bureau, district, sectors=(trade,))
    add("builder", Role.REGULATOR, "质安科科长", builders, district, sectors=(building,), heads=True)
    add("clerk_east", Role.TOWN, "安监站站长", east_government, east, heads=True)
    add("clerk_west", Role.TOWN, "安监站站长", west_government, west, heads=True)
    add("grid", Role.GRID, "网格员", east_government, east)
    add("expert", Role.EXPERT, "安全专家", None, district)
    add("principal", Role.PRINCIPAL, "总经理", None, None, site=factory, heads=True)
    add("safety", Role.SAFETY, "安全科长", None, None, site=factory)
    add("safety_two", Role.SAFETY, "安全员", None, None, site=factory)
    add("site_safety", Role.SAFETY, "项目安全员", None, None, site=site)
    add("system_admin", Role.SYSTEM_ADMIN, "系统管理员", None, None)
    add("security_admin", Role.SECURITY_ADMIN, "安全管理员", None, None)
    add("auditor", Role.AUDITOR, "审计管理员", None, None)
    add.save()
    return world


class _People:
    """Gathers everybody first: four statements write them all, in every test."""

    _NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"

    def __init__(self, world: World) -> None:
        self.world = world
        self.posts: list[Post] = []

    def __call__(
        self,
        key: str,
        role: Role,
        title: str,
        agency: Agency | None,
        region: Region | None,
        *,
        sectors: tuple[Sector, ...] = (),
        site: SupervisedObject | None = None,
        heads: bool = False,
    ) -> None:
        person = Person(name=f"{self._NAMES[len(self.world.users)]}{key[0].upper()}")
        user = User(username=key, person=person, must_change_password=False)
        user.set_unusable_password()
        self.world.users[key] = user
        self.posts.append(
            Post(
                title=title, role=role, agency=agency, region=region, heads=heads,
                region_path=region.path if region else "",
                sector_paths=[sector.path for sector in sectors],
                object=site.uid if site else None,
            )
        )  # fmt: skip

    def save(self) -> None:
        users = list(self.world.users.values())
        Person.objects.bulk_create([user.person for user in users])
        for user in users:
            user.person_id = user.person.pk
        User.objects.bulk_create(users)
        Post.objects.bulk_create(self.posts)
        held = zip(self.posts, users, strict=True)
        Tenure.objects.bulk_create(
            [Tenure(post=post, person=user.person, since=SINCE) for post, user in held]
        )
