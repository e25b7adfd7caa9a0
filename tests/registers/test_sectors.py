"""Which sector a word of a ledger means."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bihuan.kernel.territory.names import name_key
from bihuan.registers.sectors import catalogue, sector_coded, sector_named

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples"

MEANT = {
    "工贸": ["工贸", "工贸行业", "工矿商贸", "冶金工贸", " 工 贸 "],
    "建筑施工": ["建筑施工", "房屋建筑", "建筑", "建筑业"],
    "危险化学品": ["危险化学品", "危化", "危化品", "化工", "危险化学品行业"],
    "消防": ["消防", "消防安全", "火灾"],
    "道路交通": ["道路交通", "交通运输", "交通", "道路交通安全", "道路运输"],
    "城镇燃气": ["城镇燃气", "燃气", "燃气安全"],
    "非煤矿山": ["非煤矿山", "非煤", "金属非金属矿山"],
    "煤矿": ["煤矿", "煤炭", "煤"],
    "烟花爆竹": ["烟花爆竹", "烟花"],
    "民用爆炸物品": ["民爆", "民用爆炸物品"],
    "油气管道": ["油气管道", "管道"],
    "水上交通": ["水上交通", "水上"],
    "文化旅游": ["旅游", "文化旅游", "文旅"],
    "校园": ["校园", "教育", "学校"],
    "农业机械": ["农机", "农业机械"],
    "森林防火": ["森林防火"],
    "药品": ["药品"],
    "城市内涝": ["内涝"],
    "地质灾害": ["地灾", "地质灾害"],
    "冬季取暖": ["冬季取暖"],
    "电力": ["电力", "用电"],
    "冶金": ["冶金", "冶金行业"],
}


@pytest.mark.parametrize(("name", "words"), MEANT.items())
def test_words_of_the_trade_find_their_sector(name: str, words: list[str]) -> None:
    found = {word: node.name if (node := sector_named(word)) else None for word in words}
    assert found == dict.fromkeys(words, name)


@pytest.mark.parametrize("word", ["航天发射", "", "工贸危化", "行业", "安全"])
def test_an_unknown_word_is_no_sector(word: str) -> None:
    assert sector_named(word) is None


def test_no_word_means_two_sectors() -> None:
    words = Counter(name_key(word) for node in catalogue().nodes for word in {*node.words, node.code})
    assert [word for word, times in words.items() if times > 1] == []


def test_a_trade_within_a_trade_knows_its_parent() -> None:
    metallurgy = sector_coded("metallurgy")
    assert metallurgy is not None
    assert [node.name for node in metallurgy.lineage()] == ["工贸", "冶金"]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no sample ledgers beside the repository")
@pytest.mark.parametrize("sample", ["clean", "gongmao", "gongmao-later", "fire", "street"])
def test_every_accepted_row_of_the_samples_finds_its_sector(sample: str) -> None:
    import json

    from openpyxl import load_workbook

    truth = json.loads((SAMPLES / f"hazards-{sample}.json").read_text(encoding="utf-8"))
    wanted = {row["no"]: row["sector"] for row in truth["accepted"]}
    sheet = load_workbook(SAMPLES / f"hazards-{sample}.xlsx").active
    assert sheet is not None
    column = 4
    found = {
        row[0]: node.name if (node := sector_named(str(row[column]))) else None
        for row in sheet.iter_rows(values_only=True)
        if row[0] in wanted
    }
    assert found == wanted
