"""What a person states about an enterprise, before anything is written; checks that need no database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.kernel.errors import Failure
from bihuan.registers import credit_code, industries
from bihuan.registers.enterprises import dated
from bihuan.registers.enterprises.dated import Told
from bihuan.registers.enterprises.dated_kinds import INSURANCE, PERMIT, PROCESS
from bihuan.registers.models import Ownership, Scale
from bihuan.registers.reading import is_phone

LABELS = {
    "name": "企业名称",
    "credit_code": "统一社会信用代码",
    "region": "属地镇街",
    "sector": "行业领域",
    "address": "地址",
    "industry_code": "国民经济行业代码",
    "ownership": "经济类型",
    "scale": "规模",
    "staff_count": "从业人数",
    "principal_name": "主要负责人",
    "principal_phone": "主要负责人电话",
    "safety_manager_name": "安全管理人员",
    "safety_manager_phone": "安全管理人员电话",
    "business": "主要产品或经营范围",
}
EXTRA = {
    "processes": "危险工艺与重点环节",
    "permit_name": "许可证",
    "permit_no": "许可证编号",
    "permit_until": "许可证有效期至",
    "insurer": "安责险承保机构",
    "policy_no": "安责险保单号",
    "insured_until": "安责险有效期至",
}
"""Columns of the workbook that become dated details, added to what the file holds and never taken away by a row."""
_LIMITS = {
    "name": 120,
    "address": 200,
    "principal_name": 60,
    "safety_manager_name": 60,
    "business": 300,
}
_STAFF = re.compile(r"(\d{1,7})(?:\.0+)?人?")


@dataclass(frozen=True, slots=True)
class EnterpriseDetails:
    """An enterprise as written by its stater; all values are text, with no code normalised yet."""

    name: str
    credit_code: str
    region: str
    sector: str
    address: str = ""
    industry_code: str = ""
    ownership: str = ""
    scale: str = ""
    staff_count: str = ""
    principal_name: str = ""
    principal_phone: str = ""
    safety_manager_name: str = ""
    safety_manager_phone: str = ""
    business: str = ""
    processes: str = ""
    permit_name: str = ""
    permit_no: str = ""
    permit_until: str = ""
    insurer: str = ""
    policy_no: str = ""
    insured_until: str = ""

    @property
    def code(self) -> str:
        return credit_code.normalise(self.credit_code)

    @property
    def staff(self) -> int | None:
        counted = _STAFF.fullmatch(self.staff_count.replace(",", "").strip())
        return int(counted.group(1)) if counted else None

    @property
    def told(self) -> tuple[Told, ...]:
        """The dated details among it, as told."""
        told = [Told(PROCESS.kind, word) for word in _listed(self.processes)]
        name, number, until = map(_said, (self.permit_name, self.permit_no, self.permit_until))
        if name or number or until:
            known = PERMIT.code(name)
            told.append(Told(PERMIT.kind, known or "other", "" if known else name, number, until=until))
        name, number, until = map(_said, (self.insurer, self.policy_no, self.insured_until))
        if name or number or until:
            told.append(Told(INSURANCE.kind, "liability", name, number, until=until))
        return tuple(told)

    @property
    def ownership_value(self) -> str:
        return _choice(self.ownership, _OWNERSHIP_WORDS)

    @property
    def scale_value(self) -> str:
        return _choice(self.scale, _SCALE_WORDS)


def failures(details: EnterpriseDetails) -> Iterator[Failure]:
    """Everything that cannot be right by itself, each with the field at fault."""
    for field in ("name", "region", "sector"):
        if not getattr(details, field).strip():
            yield Failure(f"enterprise.no_{field}", f"没有填写{LABELS[field]}", field)
    for field, limit in _LIMITS.items():
        if len(getattr(details, field).strip()) > limit:
            yield Failure("enterprise.too_long", f"{LABELS[field]}超过{limit}个字，请缩短", field)
    reason = credit_code.check(details.code)
    if reason:
        yield Failure("enterprise.wrong_code", reason, "credit_code")
    yield from _optional(details)
    yield from _extra(details)


def _optional(details: EnterpriseDetails) -> Iterator[Failure]:
    if details.industry_code.strip():
        wrong = industries.check(details.industry_code)
        if wrong:
            yield Failure("enterprise.wrong_industry", wrong, "industry_code")
    if details.staff_count.strip() and details.staff is None:
        yield Failure("enterprise.wrong_staff", "从业人数应为整数", "staff_count")
    for field, value, words in (
        ("ownership", details.ownership_value, _OWNERSHIP_WORDS),
        ("scale", details.scale_value, _SCALE_WORDS),
    ):
        if getattr(details, field).strip() and not value:
            known = "、".join(dict.fromkeys(words))
            yield Failure(f"enterprise.wrong_{field}", f"{LABELS[field]}只能填写：{known}", field)
    for field in ("principal_phone", "safety_manager_phone"):
        if not is_phone(getattr(details, field)):
            yield Failure("enterprise.wrong_phone", f"{LABELS[field]}不是电话号码，请核对", field)


def _extra(details: EnterpriseDetails) -> Iterator[Failure]:
    """What is wrong with the dated details, at the column of the workbook that tells it."""
    columns = {
        PROCESS.kind: {"code": "processes"},
        PERMIT.kind: {"code": "permit_name", "number": "permit_no", "until": "permit_until"},
        INSURANCE.kind: {"name": "insurer", "number": "policy_no", "until": "insured_until"},
    }
    for told in details.told:
        for failure in dated.failures(told):
            field = columns[told.kind].get(failure.field or "", next(iter(columns[told.kind].values())))
            yield Failure(failure.code, failure.message, field)


_NOTHING = frozenset({"无", "没有", "否", "/", "-", "—", "不涉及", "暂无"})


def _said(text: str) -> str:
    return "" if text.strip() in _NOTHING else text.strip()


def _listed(text: str) -> list[str]:
    words = re.split(r"[、,，;；/\s]+", text)
    return list(dict.fromkeys(word for word in words if word and word not in _NOTHING))


def _choice(written: str, words: dict[str, str]) -> str:
    bare = "".join(written.split())
    return words.get(bare) or words.get(bare.removesuffix("企业"), "")


_OWNERSHIP_WORDS: dict[str, str] = {
    **{str(choice.label): choice.value for choice in Ownership},
    "私营": Ownership.PRIVATE.value,
    "私有": Ownership.PRIVATE.value,
    "个体": Ownership.SOLE.value,
    "外资": Ownership.FOREIGN.value,
    "国有控股": Ownership.STATE.value,
    "混合": Ownership.MIXED.value,
}
_SCALE_WORDS: dict[str, str] = {
    **{str(choice.label): choice.value for choice in Scale},
    "大": Scale.LARGE.value,
    "中": Scale.MEDIUM.value,
    "小": Scale.SMALL.value,
    "微": Scale.MICRO.value,
    "规上": Scale.ABOVE.value,
}
