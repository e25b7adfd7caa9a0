"""A citizen with a browser of their own, a form that has been open for a while, and photographs with things to hide."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from bihuan.capabilities.tipoffs.public import ground, guard, tokens
from bihuan.kernel import clock
from bihuan.kernel.policies.values import forget_recent
from tests.world import World, build_world

WORDS = "二车间通道被货物堵死，灭火器拿不到"


@pytest.fixture(autouse=True)
def fresh() -> None:
    guard.LOOKS._seen.clear()
    ground.forget()
    forget_recent()


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def citizen() -> Client:
    return Client()


def a_pass(age: timedelta = timedelta(minutes=2)) -> str:
    """What a form carries that was opened so long ago."""
    with clock.frozen(clock.now() - age):
        return str(tokens.fresh())


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "pass": a_pass(),
        "topic": "fire",
        "words": WORDS,
        "place": "东湖镇幸福路8号",
        "named": "no",
        **changes,
    }


def number_on(response: Any) -> str:
    found = re.search(r'data-receipt="([\d ]+)"', response.content.decode())
    assert found is not None, response.content.decode()[-3000:]
    return found[1]


def send(citizen: Client, **changes: Any) -> str:
    """A tip-off sent whole; its number as it is shown."""
    response = citizen.post("/report/", filled(**changes))
    assert response.status_code == 200, response.content.decode()
    return number_on(response)


def told(response: Any) -> str:
    return str(response.content.decode())


def snapshot(color: str = "orange", size: tuple[int, int] = (640, 480), **exif: Any) -> io.BytesIO:
    """A photo as a telephone makes it: with its place, its time and its own name inside."""
    picture = Image.new("RGB", size, color)
    for x in range(0, size[0], 16):
        picture.paste((x % 255, 90, 40), (x, 0, x + 8, size[1]))
    written = Image.Exif()
    written[0x010F], written[0x0110] = "某品牌", "某型号"
    details = written.get_ifd(0x8769)
    details[0x9003] = "2026:11:20 08:12:33"
    place = written.get_ifd(0x8825)
    place.update({1: "N", 2: (34.0, 47.0, 12.0), 3: "E", 4: (117.0, 15.0, 51.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=written)
    out.seek(0)
    out.name = "张三家门口_IMG20261120.jpg"
    return out
