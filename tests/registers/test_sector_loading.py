"""The catalogue in the territory tables."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.kernel.territory.models import Sector, SectorAlias
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import find_sector
from bihuan.registers.sector_loading import load_sectors
from bihuan.registers.sectors import catalogue

pytestmark = pytest.mark.django_db


def test_every_word_of_the_catalogue_is_found_in_the_tables() -> None:
    assert load_sectors() == len(catalogue().nodes)
    wanted = {name_key(word): node.code for node in catalogue().nodes for word in node.words}
    by_alias = dict(SectorAlias.objects.values_list("name_key", "sector__code"))
    by_name = dict(Sector.objects.values_list("name_key", "code"))
    assert {**by_alias, **by_name} == wanted


def test_ledger_words_resolve_and_unknown_ones_do_not() -> None:
    load_sectors()
    found = {
        word: find_sector(word, date(2023, 3, 1)) for word in ("工矿商贸", "房屋建筑", "交通运输", "危化品")
    }
    assert {word: sector.name for word, sector in found.items() if sector} == {
        "工矿商贸": "工贸",
        "房屋建筑": "建筑施工",
        "交通运输": "道路交通",
        "危化品": "危险化学品",
    }
    assert find_sector("航天发射") is None


def test_a_trade_lies_below_its_sector() -> None:
    load_sectors()
    trade, sector = Sector.objects.get(code="metallurgy"), Sector.objects.get(code="industry_trade")
    assert trade.path.startswith(sector.path)


def test_loading_again_keeps_rows_and_the_districts_own_words() -> None:
    load_sectors()
    paths = dict(Sector.objects.values_list("code", "path"))
    SectorAlias.objects.filter(name_key="综合").update(sector=Sector.objects.get(code="fire"))
    SectorAlias.objects.create(sector=Sector.objects.get(code="fire"), name_key="九小场所")
    Sector.objects.filter(code="fire").update(name="消防旧名")
    assert load_sectors() == 0
    assert dict(Sector.objects.values_list("code", "path")) == paths
    assert Sector.objects.get(code="fire").name == "消防"
    for word in ("综合", "九小场所"):
        found = find_sector(word)
        assert found is not None
        assert found.code == "fire"
