"""Names of places are remembered for rows without number, and not for longer than a minute."""

from __future__ import annotations

import pytest

from bihuan.capabilities.hazards import naming


def test_a_new_name_is_known_after_a_minute_and_an_unknown_path_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(naming, "KEPT", 60.0)
    told = {"1.2.": "东湖镇"}
    asked: list[float] = []
    hour = [0.0]

    def ask() -> dict[str, str]:
        asked.append(hour[0])
        return dict(told)

    names = naming._Remembered(ask, now=lambda: hour[0])
    assert [names["1.2."], names["1.2."]] == ["东湖镇", "东湖镇"]
    assert len(asked) == 1
    told["1.2."] = "东湖街道"
    hour[0] = naming.KEPT - 1
    assert names["1.2."] == "东湖镇"
    hour[0] = naming.KEPT
    assert names["1.2."] == "东湖街道"
    told["1.3."] = "西山镇"
    assert names["1.3."] == "西山镇"
    assert len(asked) == 3


@pytest.mark.parametrize("path", ["", "9.9."])
@pytest.mark.django_db
def test_what_is_nowhere_has_no_name(path: str) -> None:
    assert naming.town_name(path) == ""
    assert naming.sector_name(path) == ""
