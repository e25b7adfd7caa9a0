"""A search finds exactly the texts that contain all the runs asked for."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.search import FREQUENT, containing, pairs_literal
from tests.hazards.steps import reported
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
TEXTS = (
    "二车间北侧疏散通道堆放原料，宽度不足一米",
    "喷漆房未设置可燃气体探测器",
    "ＬＮＧ储罐安全阀未检定，编号ab12",
    "锅炉房压力表 损坏",
    "通道宽度不足。疏散不畅",
    "漆",
    "",
)


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def found(text: str) -> set[int]:
    """The places in TEXTS of what the search finds among them."""
    rows = Hazard.objects.filter(containing("hazards_hazard.search", text))
    return {TEXTS.index(place) for place in rows.values_list("measures", flat=True)}


@pytest.fixture
def texts(world: World) -> None:
    for number, text in enumerate(TEXTS):
        hazard = reported(world, place=str(number))
        Hazard.objects.filter(pk=hazard.pk).update(measures=text, search=pairs_literal(text, "末尾"))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("通道", {0, 4}),
        ("疏散通道", {0}),
        ("疏散通", {0}),
        ("散不", {4}),
        ("宽度不足", {0, 4}),
        ("足一米末", set()),
        ("米末尾", set()),
        ("漆", {1, 5}),
        ("房", {1, 3}),
        ("损坏", {3}),
        ("坏", {3}),
        ("表损", set()),
        ("lng", {2}),
        ("ＡＢ１２", {2}),
        ("b1", {2}),
        ("2", {2}),
        ("通道 宽度", {0, 4}),
        ("储罐，ab", {2}),
        ("储罐 通道", set()),
        ("末尾", set(range(len(TEXTS)))),
        ("不存在", set()),
        ("，。", set()),
    ],
)
def test_what_is_found(texts: None, asked: str, expected: set[int]) -> None:
    assert found(asked) == expected


def test_every_piece_of_a_text_finds_it_and_nothing_else(texts: None) -> None:
    luck = random.Random(7)
    for text in TEXTS[:5]:
        for _ in range(6):
            start = luck.randrange(len(text))
            piece = text[start : start + luck.randint(1, 6)]
            runs = piece.replace("，", " ").replace("。", " ").split()
            if runs:
                assert found(piece) == {
                    number
                    for number, other in enumerate(TEXTS)
                    if all(run.upper() in other.upper() for run in runs)
                }


def test_a_rare_character_alone_is_asked_of_the_index(world: World) -> None:
    assert "漆" not in FREQUENT
    with CaptureQueriesContext(connection) as asked:
        list(Hazard.objects.filter(containing("hazards_hazard.search", "漆")))
    assert "@>" in asked.captured_queries[0]["sql"]
    assert "unnest" not in asked.captured_queries[0]["sql"]


def test_a_hazard_is_found_by_what_was_corrected_and_by_its_enterprise(world: World) -> None:
    hazard = reported(world, description="配电箱未接地")
    for words in ("配电箱", world.factory.name, f"{world.factory.name} 接地"):
        assert list(Hazard.objects.filter(containing("hazards_hazard.search", words))) == [hazard]
