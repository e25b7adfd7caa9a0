"""What each deed of a gap asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.kernel.loops.inputs import Kind, entry


@dataclass(frozen=True, kw_only=True)
class Detected:
    """比对发现: what the nightly comparison found; ``subject`` is a path, a key or a uid, as the cause is about."""

    cause: str = entry("情形", Kind.CHOICE, choices=Cause)
    subject: str = entry("对象", required=False)
    count: int = entry("涉及监管对象", Kind.INTEGER, unit="家")


@dataclass(frozen=True, kw_only=True)
class Raised:
    """登记盲区或争议: by hand, about a sector, a town or one enterprise."""

    cause: str = entry("情形", Kind.CHOICE, choices=Cause)
    about: str = entry("行业或镇街", required=False, help="例如：工贸、东湖镇；只涉及一家企业的不填")
    object: UUID | None = entry("企业", Kind.OBJECT, required=False)
    description: str = entry("情况说明", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Assigning:
    lead: int = entry("由哪个单位落实", Kind.AGENCY)
    due_on: date = entry("解决期限", Kind.DATE)
    demand: str = entry("要求", Kind.LONG_TEXT, required=False)


@dataclass(frozen=True, kw_only=True)
class Settling:
    """报告已解决: what was done about it; the naming that settled it is found by the system and kept."""

    how: str = entry("怎样解决的", Kind.LONG_TEXT, help="写明确定了谁、依据哪份文件")


@dataclass(frozen=True, kw_only=True)
class Accepting:
    opinion: str = entry("核销意见", Kind.LONG_TEXT, default="经核对，责任已落实到人，同意核销。")


@dataclass(frozen=True, kw_only=True)
class SendingBack:
    reason: str = entry("退回理由", Kind.LONG_TEXT)
    due_on: date = entry("新的解决期限", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)
