"""The people of a new district and the posts they hold. Rights come with posts, so both doors are asked for each row."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.accounts import open_account, register_person
from bihuan.kernel.people.companions import Companion, Draft, companions
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Person, Post, Role, Tenure, User
from bihuan.kernel.people.posts import begin_tenure, create_post
from bihuan.kernel.territory.models import GONE, Agency, Region
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import find_agency, find_region, in_force, the_district
from bihuan.kernel.workbooks import plain
from bihuan.kernel.workbooks.dates import on_year, written
from bihuan.kernel.workbooks.district.columns import ASSUMED, NAMESAKES, PEOPLE, PLACE
from bihuan.kernel.workbooks.district.namesakes import Namesakes, Seat
from bihuan.kernel.workbooks.district.reach import sectors_of
from bihuan.kernel.workbooks.importers import Importer, Survey, Work
from bihuan.kernel.workbooks.plain import PlainRow
from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.rowwise import run_rows, yes
from bihuan.kernel.workbooks.templates import Entry, Guide

_ROLES = {role.label: role for role in Role}


_LOCK = 0x42485045
"""Two workbooks of people take turns, so that nobody is registered by both."""


def run(work: Work) -> Survey:
    """Preview or import a workbook of people: a person, an account if one is named, a post if one is named.

    Rows that might mean somebody of the same name wait for a decision, taken beside the preview or in the row itself.
    """
    namesakes = Namesakes(work.batch.choices.get(NAMESAKES, {}))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        stood_in: Counter[str] = Counter()
        survey = run_rows(work, PEOPLE, lambda row, given: _take(row, given, namesakes, stood_in))
    if stood_in:
        survey.further[ASSUMED] = [_stood_in(says, count) for says, count in stood_in.items()]
    if namesakes.undecided:
        survey.further[NAMESAKES] = namesakes.undecided
    return survey


def _stood_in(says: str, count: int) -> str:
    return f"有 {count} 个岗位{says}；导入后请逐个核对，不合适的改写"


def _take(row: PlainRow, work: Work, namesakes: Namesakes, stood_in: Counter[str]) -> bool:
    name = row.cells.get("name", "")
    if not name:
        raise Refused.because("people.no_name", "没有填写", "name")
    person, new = _person(row, name, work, namesakes)
    return _post(row, person, work, stood_in) or new


def _person(row: PlainRow, name: str, work: Work, namesakes: Namesakes) -> tuple[Person, bool]:
    """The person by account, else as :mod:`namesakes` tells; somebody new is registered, with an account if one is named."""
    username, phone = row.cells.get("username", ""), row.cells.get("phone", "")
    by_account = User.objects.filter(username=username).select_related("person").first() if username else None
    if by_account is not None:
        if by_account.person.name != name:
            owner = by_account.person.name
            raise Refused.because("people.account_exists", f"是 {owner} 的账号，请核对", "username")
        return by_account.person, False
    known = namesakes.known(row, name, phone, _seat(row))
    certificate = row.cells.get("certificate_no", "")
    if username:
        held = User.objects.filter(person=known).first() if known is not None else None
        if held is not None:
            raise Refused.because(
                "people.has_account", f"{name}已有账号 {held.username}，一人一个账号", "username"
            )
        user, _ = open_account(
            work.actor, username, name=name, phone=phone, certificate_no=certificate, person=known
        )
        return user.person, True
    if known is not None:
        return known, False
    return register_person(work.actor, name, phone=phone, certificate_no=certificate), True


def _seat(row: PlainRow) -> Seat:
    role = _ROLES.get(row.cells.get("role", ""))
    inside = role in ENTERPRISE_ROLES
    return Seat(
        title=row.cells.get("title", "") or row.cells.get("role", ""),
        role=str(role or ""),
        agency=None if inside else _agency(row.cells.get("agency", "")),
        object=_object(row.cells.get("object", "")) if inside else None,
    )


def _post(row: PlainRow, person: Person, work: Work, stood_in: Counter[str]) -> bool:
    title, word = row.cells.get("title", ""), row.cells.get("role", "")
    if not title and not word:
        return False
    role = _ROLES.get(word)
    if role is None:
        raise Refused.because("people.unknown_role", f"不是角色，请写 {'、'.join(Role.labels)}", "role")
    agency, region = _agency(row.cells.get("agency", "")), _region(row, role)
    object_uid = _object(row.cells.get("object", "")) if role in ENTERPRISE_ROLES else None
    title = title or word
    sectors, of_unit = sectors_of(row.cells.get("sectors", ""), role, agency)
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
    post = Post.objects.filter(
        title=title, role=role, agency=agency, region=region, object=object_uid,
        sector_paths=[sector.path for sector in sectors],
    )  # fmt: skip
    free = post.exclude(tenures__in=Tenure.objects.filter(in_force(clock.today()))).first()
    if free is None:
        draft = Draft(
            title, role, agency, region, sectors, object_uid,
            yes(row.cells.get("heads", ""), default=False),
        )  # fmt: skip
        said, missing = _said(row, draft)
        free = create_post(
            work.actor, title, role, agency=agency, region=region, sectors=draft.sectors, object_uid=object_uid,
            heads=draft.heads, said=said,
        )  # fmt: skip
        stood_in.update(f"没有填写{label}，按该职权的通用规定带上" for label in missing)
        stood_in.update(["没有填写分管行业领域，按单位主管的行业领域登记"] if of_unit else ())
    begin_tenure(free, person, _since(row.cells.get("since", "")), work.actor)
    return True


def _said(row: PlainRow, draft: Draft) -> tuple[dict[str, str], list[str]]:
    """What comes with the post, and the labels of what the row leaves to the rules; the clerk is told of these."""
    said: dict[str, str] = {}
    missing: list[str] = []
    for one in companions(draft.role):
        words = row.cells.get(one.name, "")
        if not words and one.stand_in(draft):
            words = one.standard
            missing.append(one.label)
        said[one.name] = words
    return said, missing


def _asked_beside() -> tuple[Entry, ...]:
    """A column for each thing that comes with posts."""
    return tuple(Entry(one.label, _column_help(one), "", width=30) for one in companions())


def _column_help(one: Companion) -> str:
    return f"{one.help}写“{one.standard}”或不填的，按该职权的通用规定。"


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


def _object(text: str) -> UUID:
    living = SupervisedObject.objects.exclude(standing__in=GONE)
    found = list(living.filter(credit_code=text.upper())[:1] or living.filter(name_key=name_key(text))[:2])
    if not found:
        raise Refused.because(
            "people.unknown_object", "没有登记这家企业，请先导入企业，再导入企业的人员", "object"
        )
    if len(found) > 1:
        raise Refused.because("people.ambiguous_object", "同名的企业不止一家，请写统一社会信用代码", "object")
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
            Entry(
                "分管行业领域",
                "只管部分行业的填写，用顿号隔开；监管、执法人员不填的，按单位主管的行业领域；管全部行业的写“全部”。",
                "",
                width=22,
            ),
            Entry("所在企业", "企业人员填企业名称或统一社会信用代码；企业要先导入。", "", width=26),
            Entry("是否负责人", "", "是", choices=("是", "否"), width=12),
            Entry("任职日期", "不填的，从今天起。", date(2023, 1, 1), form="date", width=14),
            Entry("执法证号", "执法人员填写。", "", width=18),
            Entry(
                "同名认定",
                "系统里已有同名的人、又没有电话和账号可以分辨时填写。",
                "",
                choices=("同一人", "另一人"),
                width=12,
            ),
            *_asked_beside(),
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
