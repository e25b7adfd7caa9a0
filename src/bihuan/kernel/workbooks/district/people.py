"""The people of a new district and the posts they hold. Rights come with posts, so both doors are asked for each row."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.accounts import open_account
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Person, Post, Role, Tenure, User
from bihuan.kernel.people.posts import begin_tenure, create_post
from bihuan.kernel.territory.models import GONE, Agency, Region, Sector
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import find_agency, find_region, find_sector, in_force, the_district
from bihuan.kernel.workbooks import plain
from bihuan.kernel.workbooks.dates import on_year, written
from bihuan.kernel.workbooks.district.columns import PEOPLE, PLACE
from bihuan.kernel.workbooks.importing import Importer, Survey, Work
from bihuan.kernel.workbooks.plain import PlainRow
from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.rowwise import listed, run_rows, yes
from bihuan.kernel.workbooks.templates import Entry, Guide

_ROLES = {role.label: role for role in Role}


def run(work: Work) -> Survey:
    """Preview or import a workbook of people: a person, an account if one is named, a post if one is named."""
    return run_rows(work, PEOPLE, _take)


def _take(row: PlainRow, work: Work) -> bool:
    name = row.cells.get("name", "")
    if not name:
        raise Refused.because("people.no_name", "没有填写", "name")
    person, new = _person(row, name, work)
    return _post(row, person, work) or new


def _person(row: PlainRow, name: str, work: Work) -> tuple[Person, bool]:
    """The person by account, else by name and telephone; a namesake without either is another person."""
    username, phone = row.cells.get("username", ""), row.cells.get("phone", "")
    by_account = User.objects.filter(username=username).select_related("person").first() if username else None
    if by_account is not None:
        if by_account.person.name != name:
            owner = by_account.person.name
            raise Refused.because("people.account_exists", f"是 {owner} 的账号，请核对", "username")
        return by_account.person, False
    known = Person.objects.filter(name=name, phone=phone).first() if phone else None
    if username and (known is None or not User.objects.filter(person=known).exists()):
        certificate = row.cells.get("certificate_no", "")
        user, _ = open_account(
            work.actor, username, name=name, phone=phone, certificate_no=certificate, person=known
        )
        return user.person, True
    if known is not None:
        return known, False
    if not (work.actor.is_system or work.actor.holds(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)):
        raise Refused.because("people.not_yours", "人员由系统管理员和安全管理员导入", "name")
    certificate = row.cells.get("certificate_no", "")
    return Person.objects.create(name=name, phone=phone, certificate_no=certificate), True


def _post(row: PlainRow, person: Person, work: Work) -> bool:
    title, word = row.cells.get("title", ""), row.cells.get("role", "")
    if not title and not word:
        return False
    role = _ROLES.get(word)
    if role is None:
        raise Refused.because("people.unknown_role", f"不是角色，请写 {'、'.join(Role.labels)}", "role")
    agency, region = _agency(row.cells.get("agency", "")), _region(row, role)
    object_uid = _object(row.cells.get("object", "")) if role in ENTERPRISE_ROLES else None
    title = title or word
    held = Tenure.objects.filter(
        in_force(clock.today()),
        person=person,
        post__title=title,
        post__role=role,
        post__agency=agency,
        post__object=object_uid,
    )
    if held.exists():
        return False
    post = Post.objects.filter(title=title, role=role, agency=agency, region=region, object=object_uid)
    free = post.exclude(tenures__in=Tenure.objects.filter(in_force(clock.today()))).first()
    if free is None:
        free = create_post(
            work.actor, title, role, agency=agency, region=region, sectors=_sectors(row), object_uid=object_uid,
            heads=yes(row.cells.get("heads", ""), default=False),
        )  # fmt: skip
    begin_tenure(free, person, _since(row.cells.get("since", "")), work.actor)
    return True


def _agency(text: str) -> Agency | None:
    if not text:
        return None
    agency = find_agency(text)
    if agency is None:
        raise Refused.because("people.unknown_agency", "没有这个单位，请先导入单位", "agency")
    return agency


def _region(row: PlainRow, role: Role) -> Region | None:
    text = row.cells.get("region", "")
    district = the_district()
    if district is None or role in ENTERPRISE_ROLES:
        return None
    if not text or name_key(text) == district.region.name_key:
        agency = _agency(row.cells.get("agency", ""))
        return agency.region if agency is not None and not text else district.region
    region = find_region(text)
    if region is None:
        raise Refused.because("people.unknown_region", "没有这个区划，请先导入区划", "region")
    return region


def _sectors(row: PlainRow) -> list[Sector]:
    found = []
    for text in listed(row.cells.get("sectors", "")):
        sector = find_sector(text)
        if sector is None:
            raise Refused.because(
                "people.unknown_sector", f"“{text}”不是已知的行业领域，请写规范名称", "sectors"
            )
        found.append(sector)
    return found


def _object(text: str) -> UUID:
    living = SupervisedObject.objects.exclude(standing__in=GONE)
    found = list(living.filter(credit_code=text.upper())[:1] or living.filter(name_key=name_key(text))[:2])
    if len(found) != 1:
        raise Refused.because(
            "people.unknown_object", "没有查到这家企业，或同名的不止一家，请写统一社会信用代码", "object"
        )
    return found[0].uid


def _since(text: str) -> date:
    if not text:
        return clock.today()
    try:
        named = written(text)
    except Unreadable as error:
        raise Refused.because("people.bad_since", str(error), "since") from error
    day = on_year(named.first, named.first.year, last_of_month=False) if named and named.first.year else None
    if day is None:
        raise Refused.because("people.bad_since", "不是日期，请写成 2023-03-01 这样的形式", "since")
    return day


def guide() -> Guide:
    """The template, with the district's own agencies and roles to choose from."""
    agencies = tuple(Agency.objects.order_by("order", "id").values_list("name", flat=True)[:300])
    return Guide(
        "people",
        "人员",
        (
            Entry("姓名", "", "张某", required=True, width=12),
            Entry("电话", "手机号，用来分辨同名的人。", "13800000000", width=16),
            Entry("账号", "字母、数字；不需要登录的不填。", "zhangmou", width=16),
            Entry("岗位", "一行一个岗位；一人多岗的写几行。", "安监站站长", required=True, width=18),
            Entry("角色", "", Role.TOWN.label, required=True, choices=tuple(Role.labels), width=18),
            Entry("单位", "", agencies[0] if agencies else "东湖镇人民政府", choices=agencies, width=24),
            Entry("辖区", "不填的，按单位的区划。", "", width=16),
            Entry("分管行业领域", "只管部分行业的填写，用顿号隔开。", "", width=22),
            Entry("所在企业", "企业人员填企业名称或统一社会信用代码。", "", width=26),
            Entry("是否负责人", "", "是", choices=("是", "否"), width=12),
            Entry("任职日期", "不填的，从今天起。", date(2023, 1, 1), form="date", width=14),
            Entry("执法证号", "执法人员填写。", "", width=18),
        ),
        ("账号导入后，由系统管理员在“人员”中逐个重置密码，把一次性密码交给本人。",),
    )


IMPORTER = Importer(
    kind=PEOPLE.kind,
    label="人员",
    columns=PEOPLE,
    guide=guide,
    parser=plain.PARSER,
    options=lambda actor, choices: {"columns": f"{PLACE}PEOPLE"},
    run=run,
)
