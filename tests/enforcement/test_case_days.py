"""A decision writes its days as papers do, whatever the record keeps."""

from __future__ import annotations

import re

from bihuan.capabilities.enforcement.effects.deciding import spoken
from bihuan.capabilities.enforcement.models import Case


def test_the_decision_says_on_which_day_the_party_was_told_and_heard() -> None:
    case = Case(
        notice={"served_on": "2026-11-04", "right": True},
        hearing={"ended_on": "2026-11-18", "opinion": "事实清楚"},
    )
    told = spoken(case)
    assert "2026年11月4日送达告知书" in told
    assert "2026年11月18日举行听证" in told
    assert not re.search(r"\d{4}-\d{2}-\d{2}", told)
