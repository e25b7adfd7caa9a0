"""Charts are real SVG with their values in words, in colours that mean something."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from bihuan.kernel.documents import charts
from bihuan.kernel.documents.charts import Series
from bihuan.kernel.documents.charts.ink import drawn_here, ticks, written
from bihuan.kernel.documents.press import picture

MONTHS = [f"{month}月" for month in range(1, 7)]
VALUES = [62, 58, 103, 97, 88, 118]
PAIR = [Series("排查", VALUES), Series("整改完成", [60, 58, 99, 95, 90, None], "accepted")]
DRAWN = {
    "bar": lambda: charts.bar("各镇", ["枣林镇", "临河街道"], [12, 0], "处"),
    "grouped": lambda: charts.grouped("各月", MONTHS, PAIR),
    "stacked": lambda: charts.stacked("各月", MONTHS, PAIR, "处"),
    "columns": lambda: charts.columns("各月", MONTHS, PAIR, "处"),
    "line": lambda: charts.line("各月", MONTHS, PAIR, "处"),
    "sparkline": lambda: charts.sparkline("走势", VALUES),
    "track": lambda: charts.track("整改率", 518, 526),
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("kind", DRAWN)
def test_every_kind_is_valid_told_in_words_and_rendered(kind: str) -> None:
    svg = DRAWN[kind]()
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title") is not None
    assert (root.find(f"{SVG}desc").text or "") != ""  # type: ignore[union-attr]
    assert drawn_here(svg)
    assert picture(svg).startswith(b"\x89PNG")


def test_lengths_are_in_proportion() -> None:
    root = ElementTree.fromstring(charts.bar("各镇", ["甲", "乙", "丙"], [100, 50, 0]))
    widths = [float(box.get("width", "0")) for box in root.iter(f"{SVG}rect")]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.05)
    assert widths[2] == 0


def test_an_unknown_value_is_a_gap_not_a_zero() -> None:
    svg = charts.line("各月", ["1月", "2月", "3月"], [Series("本年", [5, None, 7])])
    root = ElementTree.fromstring(svg)
    assert len(list(root.iter(f"{SVG}circle"))) == 2
    assert list(root.iter(f"{SVG}polyline")) == []
    assert "2月—" in svg


def test_names_of_users_are_escaped() -> None:
    svg = charts.bar("<script>alert(1)</script>", ['"><img src=x onerror=1>'], [1])
    assert "<script" not in svg
    assert "<img" not in svg
    ElementTree.fromstring(svg)


def test_foreign_svg_is_recognised() -> None:
    assert not drawn_here('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    assert not drawn_here('<svg onload="x()"></svg>')
    assert not drawn_here('<svg ><a href="javascript:x">1</a></svg>')


def test_series_must_fit_their_names() -> None:
    with pytest.raises(ValueError, match="个数"):
        charts.grouped("x", ["甲"], [Series("一", [1, 2])])
    with pytest.raises(ValueError, match="负"):
        charts.bar("x", ["甲"], [-1])


def test_scales_are_round_and_reach_the_top() -> None:
    assert ticks(118)[-1] >= 118
    assert ticks(3) == [0, 1, 2, 3]
    assert ticks(0) == [0, 1]
    assert written(12345, "处") == "12,345处"
    assert written(Decimal("236.420")) == "236.42"
    assert written(None) == "—"
