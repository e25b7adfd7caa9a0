"""Factories of cases named by the state they leave; every one goes through the engine as a person who may."""

from __future__ import annotations

import io
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image

from bihuan.capabilities.enforcement.inputs import deciding, filing, investigation
from bihuan.capabilities.enforcement.inputs import executing as executing_inputs
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.calendar import is_working_day
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Nothing
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor, actor_of
from bihuan.kernel.people.models import Person, Post, Role, Tenure, User
from bihuan.registers.instruments import shelf, signing_places
from bihuan.registers.instruments.models import Instrument
from bihuan.registers.instruments.organs import Organ, keep
from bihuan.registers.officers.certificates import certified
from bihuan.registers.officers.models import Certificate
from tests.world import SINCE, World

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=clock.SHANGHAI)
"""A Monday with no holiday near it."""


def _hand() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (300, 120), "white").save(picture, "PNG")
    return picture.getvalue()


HAND = _hand()
FIRST = "wsl-97-e-first"


@dataclass
class Cast:
    """The people of a case in the bureau: two investigators, the head, a reviewer and a second head."""

    world: World

    def actor(self, name: str) -> Actor:
        return self.world.actor(name)

    def person(self, name: str) -> int:
        return self.world.users[name].person_id


def cast(world: World) -> Cast:
    """Two certified officers, the bureau's head (``regulator``) and a legal reviewer beside the world's people."""
    for key, title in (("lawyer", "法制科科员"), ("partner", "执法大队队员"), ("third", "执法大队队员")):
        person = Person.objects.create(name=f"{title[:2]}{key}")
        user = User(username=key, person=person, must_change_password=False)
        user.set_unusable_password()
        user.save()
        role = Role.OFFICER if key != "lawyer" else Role.REGULATOR
        post = Post.objects.create(
            title=title,
            role=role,
            agency=world.bureau,
            region=world.district,
            region_path=world.district.path,
        )
        Tenure.objects.create(post=post, person=person, since=SINCE)
        world.users[key] = user
    for number, key in enumerate(("officer", "partner", "third", "regulator", "lawyer"), 1):
        certify(world, key, f"云执{number:05d}")
    keep(
        world.bureau,
        Organ(
            full_name="薛河区应急管理局", short_name="薛河", address="薛河区府前路1号", phone="0632-1234567",
            reconsideration="薛河区人民政府", court="薛河区人民法院", bank="农业银行", account_name="薛河区财政局", account="1234",
        ),
        world.actor("office"),
    )  # fmt: skip
    return Cast(world)


def certify(world: World, key: str, no: str, until: date = date(2030, 12, 31)) -> Certificate:
    """A certificate in force from before anything the tests do."""
    return Certificate.objects.create(
        person_id=world.users[key].person_id, agency=world.bureau, kind="enforcement", no=no, since=SINCE,
        until=until, said_by="测试", at=clock.now(),
    )  # fmt: skip


def filing_of(cast: Cast, **changes: Any) -> filing.Filing:
    values: dict[str, Any] = {
        "object": cast.world.factory.uid,
        "source": "inspection",
        "cause": "未如实记录安全生产教育和培训情况",
        "brief": "检查发现该单位2月新入厂工人三级教育记录为补造。",
        "acted_on": clock.today() - timedelta(days=10),
        "second": cast.person("partner"),
    }
    return filing.Filing(**{**values, **changes})


def filed(world: World, by: str, second: str, owner: SupervisedObject, cause: str) -> Case:
    """A case proposed in the agency of ``by``, whoever the two are; they are certified first."""
    for number, key in enumerate((by, second)):
        if not certified([world.users[key].person_id], clock.today()):
            certify(world, key, f"密执{owner.pk.hex[-6:]}{number}")
    given = filing.Filing(
        object=owner.uid, source="inspection", cause=cause, brief=cause, acted_on=clock.today(),
        second=world.users[second].person_id,
    )  # fmt: skip
    return Case.objects.get(uid=engine.open_matter("case", "file", given, actor=world.actor(by)).uid)


def proposed(cast: Cast, by: str = "officer", **changes: Any) -> Case:
    outcome = engine.open_matter("case", "file", filing_of(cast, **changes), actor=cast.actor(by))
    return Case.objects.get(uid=outcome.uid)


def do(cast: Cast, case: Case, deed: str, given: Any = None, by: str = "officer") -> Case:
    """Take a deed on a case as somebody, at the version as it is."""
    given = Nothing() if given is None else given
    if deed in ASKED:
        _ask(case, deed)
    engine.perform("case", deed, case.no, given, actor=cast.actor(by), version=fresh(case).version)
    return fresh(case)


ASKED = frozenset(what for what, _ in filing.ASKED_FOR)


def _ask(case: Case, what: str) -> None:
    """The investigator asks the head first, where that is still to be done and can be."""
    case = fresh(case)
    officers = User.objects.filter(person__in=case.investigators)
    if what not in case.review.get("asked", {}) and (user := officers.first()) is not None:
        with suppress(Refused):
            said = filing.Asking(what=what, words="承办人建议批准。")
            engine.perform("case", "ask", case.no, said, actor=actor_of(user).confirmed_now())


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def investigating(cast: Cast, **changes: Any) -> Case:
    return do(cast, proposed(cast, **changes), "approve_opening", filing.Approval(), "regulator")


def assessment(**changes: Any) -> investigation.Assessment:
    values: dict[str, Any] = {
        "clause": FIRST,
        "facts": "2月18日至3月1日新入厂工人6人的三级教育记录为事后补造。",
        "violated": "《安全生产法》第二十八条第四款",
        "evidence": "教育培训记录复印件6份\n询问笔录1份",
    }
    return investigation.Assessment(**{**values, **changes})


def interview() -> investigation.Interview:
    now = clock.now()
    return investigation.Interview(
        started_at=now - timedelta(hours=1), ended_at=now, place="薛河区应急管理局询问室", person="钱厂长",
        recorder="孙队员", dialogue="问：培训记录是什么时候写的？\n答：检查前一天补的。",
    )  # fmt: skip


def closing(**changes: Any) -> investigation.Closing:
    values: dict[str, Any] = {
        "course": "立案后询问、调取培训记录。",
        "finding": "违法事实清楚，证据确实充分。",
    }
    return investigation.Closing(**{**values, **changes})


def reviewing(cast: Cast, *assessed: investigation.Assessment, closed: Any = None, **changes: Any) -> Case:
    case = investigating(cast, **changes)
    do(cast, case, "record_interview", interview())
    for one in assessed or (assessment(),):
        do(cast, case, "assess_violation", one)
    return do(cast, case, "conclude_investigation", closed or closing())


def proposal(**changes: Any) -> deciding.Proposal:
    return deciding.Proposal(**{"proposal": "建议给予行政处罚。", **changes})


def proposal_review(**changes: Any) -> deciding.ProposalReview:
    return deciding.ProposalReview(**{"agreed": True, "opinion": "事实清楚，同意报批。", **changes})


def approved(cast: Cast, *assessed: Any, proposing: Any = None, closed: Any = None, **changes: Any) -> Case:
    case = reviewing(cast, *assessed, closed=closed, **changes)
    do(cast, case, "propose", proposing or proposal())
    do(cast, case, "review_proposal", proposal_review(), "lawyer")
    return do(cast, case, "approve_proposal", filing.Approval(), "regulator")


def notified(cast: Cast, *assessed: Any, **more: Any) -> Case:
    return do(cast, approved(cast, *assessed, **more), "notify")


def service(**changes: Any) -> deciding.Service:
    values: dict[str, Any] = {"served_on": clock.today(), "place": "东湖纺织有限公司", "receiver": "钱厂长"}
    return deciding.Service(**{**values, **changes})


def told(cast: Cast, *assessed: Any, **more: Any) -> Case:
    """Notice served, nothing said yet."""
    return do(cast, notified(cast, *assessed, **more), "serve_notice", service())


def waived(cast: Cast, *assessed: Any, **more: Any) -> Case:
    case = told(cast, *assessed, **more)
    return do(cast, case, "waive", deciding.Waiver(told_on=clock.today()))


def hearing_call(cast: Cast, day: date, presider: str = "lawyer", **changes: Any) -> deciding.HearingCall:
    given: dict[str, Any] = {
        "hearing_at": at(day), "place": "二楼听证室", "public": "公开", "presider": cast.person(presider), "recorder": "周科员",
    }  # fmt: skip
    return deciding.HearingCall(**{**given, **changes})


def hearing_change(cast: Cast, day: date, presider: str = "lawyer", **changes: Any) -> deciding.HearingChange:
    given = vars(hearing_call(cast, day, presider)) | {"reason": "主持人已离任"}
    return deciding.HearingChange(**{**given, **changes})


def hearing_report(day: date, **changes: Any) -> deciding.HearingReport:
    given: dict[str, Any] = {
        "started_at": at(day, 10), "ended_at": at(day, 11), "applicant": "东湖纺织有限公司", "investigators_said": "陈述事实",
        "course": "双方到会，主持人告知权利，举证质证后分别作最后陈述。", "defence": "请求从轻", "opinion": "建议维持",
    }  # fmt: skip
    return deciding.HearingReport(**{**given, **changes})


def requested(cast: Cast, case: Case) -> Case:
    given = deciding.HearingRequest(requested_on=clock.today(), words="要求听证")
    return do(cast, case, "request_hearing", given)


def discussion() -> deciding.Discussion:
    now = clock.now()
    return deciding.Discussion(
        started_at=now - timedelta(hours=1), ended_at=now, place="三楼会议室", host="李局长", reporter="王队员",
        recorder="周科员", attendees="李局长｜局长\n吴副局长｜副局长\n郑科长｜法制科长", discussion="讨论了事实、证据和裁量。",
        conclusion="同意处罚建议。",
    )  # fmt: skip


def review(**changes: Any) -> deciding.LegalReview:
    return deciding.LegalReview(
        **{"situation": "own", "passed": True, "opinion": "程序合法，裁量适当。", **changes}
    )


def decision(case: Case, **changes: Any) -> deciding.Decision:
    values: dict[str, Any] = {"fine": case.proposal["fine"] or None, "discretion": "按裁量基准一般档次。"}
    values |= {kind: True for kind in case.proposal["measures"] if kind != "confiscation"}
    return deciding.Decision(**{**values, **changes})


def decided(cast: Cast, *assessed: Any, **more: Any) -> Case:
    case = waived(cast, *assessed, **more)
    from bihuan.capabilities.enforcement.completeness import discussion_needed, legal_review_needed

    if discussion_needed(case):
        do(cast, case, "discuss", discussion(), "regulator")
    return do(cast, case, "decide", decision(case), "regulator") if not legal_review_needed(case) else case


def executing(cast: Cast, *assessed: Any, **more: Any) -> Case:
    return do(cast, decided(cast, *assessed, **more), "serve", service())


def paid(
    cast: Cast, case: Case, on: date | None = None, amount: int | None = None, what: str = "fine"
) -> Case:
    given = executing_input(on or clock.today(), case.fine_fen if amount is None else amount, what)
    return do(cast, case, "pay", given)


def executing_input(on: date, amount: int, what: str = "fine") -> executing_inputs.Payment:
    return executing_inputs.Payment(paid_on=on, amount=amount, what=what, receipt="票20260001")


def settled(cast: Cast, *assessed: Any, **more: Any) -> Case:
    """Served and paid, with its papers signed."""
    case = executing(cast, *assessed, **more)
    if case.fine_fen:
        case = paid(cast, case)
    return signed(cast, case)


def signed(cast: Cast, case: Case, without: tuple[str, ...] = ()) -> Case:
    """Every place of the case's papers that still needs a hand gets it; kinds named in ``without`` stay as they are."""
    for row in shelf.instruments_of([case.uid, *case.linked]).exclude(kind__in=without):
        sign(cast, row)
    return fresh(case)


def sign(cast: Cast, row: Instrument, places: Collection[str] = ()) -> None:
    """The officers a paper names with their own keys, everybody else by hand before one of them."""
    whose = {cast.actor(key).name: key for key in ("officer", "partner", "third")}
    for place in signing_places.open_places(row):
        if places and place.key not in places:
            continue
        if place.key in signing_places.OFFICER_PLACES:
            number = signing_places.OFFICER_PLACES.index(place.key)
            signing_places.sign(row, place.key, cast.actor(whose[row.facts["officers"][number]["name"]]))
        else:
            signing_places.draw(row, place.key, HAND, f"{place.label}某", cast.actor("officer"))


def concluded(cast: Cast, *assessed: Any, **more: Any) -> Case:
    case = settled(cast, *assessed, **more)
    return do(cast, case, "conclude", executing_inputs.Conclusion(execution="罚款已缴清。"), "regulator")


def archived(cast: Cast, *assessed: Any, **more: Any) -> Case:
    return do(cast, concluded(cast, *assessed, **more), "archive", executing_inputs.Archiving())


def working(start: date, days: int) -> date:
    """``days`` working days after ``start``."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.SHANGHAI)
