"""What the expectations of meetings are and where they are met."""

from __future__ import annotations

from bihuan.capabilities.dispatch.meetings.cadence import MEMBERS, MONTHLY_DISPATCH
from bihuan.capabilities.dispatch.meetings.effects import DEPLOYMENT
from bihuan.capabilities.dispatch.meetings.models import Meeting
from bihuan.kernel.expectations.kinds import Kind
from bihuan.kernel.expectations.models import Expectation


def _deploying(expectation: Expectation) -> str:
    """The form in which a unit files what it made of the meeting."""
    assert expectation.object is not None, "it is about its meeting"
    no = Meeting.objects.filter(pk=expectation.object).values_list("no", flat=True).first()
    return f"/meetings/{no}/file-deployment/" if no else ""


def _recording(expectation: Expectation) -> str:
    return "/meetings/new/record/"


KINDS = (
    Kind(DEPLOYMENT, deed=True, place=_deploying, label="会后部署"),
    Kind(MONTHLY_DISPATCH, deed=True, place=_recording),
    Kind(MEMBERS, deed=True, place=_recording),
)
