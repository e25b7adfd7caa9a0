"""一岗双责 at the door where posts are set up: a leader with a portfolio and no safety duty is refused (M003)."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.capabilities.responsibility.duties import standards
from bihuan.capabilities.responsibility.duties.holders import DUTIFUL
from bihuan.capabilities.responsibility.duties.keeping import SHORTEST, STANDARD, TEXT_LENGTH, keep_with_post
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.people.companions import Companion, Draft
from bihuan.kernel.people.models import Role


def _standard(draft: Draft) -> standards.Standard | None:
    return standards.of_post(draft.role, clock.today(), heads=draft.heads, portfolio=bool(draft.sectors))


def stand_in(draft: Draft) -> str:
    """What the rules give such a post, in words."""
    standard = _standard(draft)
    return f"{standard.text}（{standard.basis}）" if standard else ""


def objections(draft: Draft, said: str) -> Iterator[Failure]:
    """A leader's post needs a duty; whatever is said must say something."""
    if draft.role == Role.LEADER and not said:
        standard = stand_in(draft)
        sentence = (
            "领导岗位须同时写明安全生产职责（党政同责、一岗双责）："
            f"在“安全职责”里写出，或填“{STANDARD}”采用通用规定"
        )
        yield Failure("duty.leader_without", f"{sentence}：{standard}" if standard else sentence, "duty")
    elif said == STANDARD and _standard(draft) is None:
        yield Failure("duty.no_standard", f"{draft.role.label}没有通用职责，请逐字写明", "duty")
    elif said and said != STANDARD and len(said) < SHORTEST:
        yield Failure("duty.no_text", "请写明安全生产职责是什么，例如“对分管领域安全生产负领导责任”", "duty")
    elif len(said) > TEXT_LENGTH:
        yield Failure("duty.too_long", f"安全职责最多{TEXT_LENGTH}字，请精简", "duty")


COMPANION = Companion(
    name="duty",
    label="安全职责",
    help="这个岗位的安全生产职责，领导岗位必填（党政同责、一岗双责）。",
    roles=DUTIFUL,
    standard=STANDARD,
    stand_in=stand_in,
    objections=objections,
    keep=keep_with_post,
)
