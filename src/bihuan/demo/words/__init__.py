"""The invented words of the demo district, as data: towns, agencies, trades, findings and what people are called."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from random import Random

_CHOICE = re.compile(r"\{([^{}]*/[^{}]*|\d+)\}")

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
GIVEN = (
    (
        "伟 芳 娜 敏 静 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 建国 建华 志强 秀英 桂兰 海燕 国庆 晓东 文博 "
        "立新 永胜 春梅 红梅 玉兰 金龙 少华 宏伟 振东 学军 爱民 长青 子涵 雨桐 浩然 思远 佳怡 俊杰 德明 広平 "
        "守业 传福 家兴 兆坤 庆林 维民 云峰 向阳 新民 世杰 凤英 淑珍 月华 冬生 秋生 春生 建军 卫东 海峰 立华"
    )
    .replace("広", "广")
    .split()
)
BRAND_FIRST = "鼎恒瑞盛泰和顺昌宏达兴隆博华元锦弘嘉诚信祥益丰茂凯腾众联新远"
BRAND_LAST = "鑫源润晟通达旺佳成业升阳康宁辉庆德安邦捷利欣"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of this package's CSV files."""
    text = (files(__package__) / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def spoken(text: str, rng: Random) -> str:
    """``text`` with one of each ``{a/b/c}`` chosen."""
    return _CHOICE.sub(lambda found: rng.choice(found.group(1).split("/")), text)


def options(text: str) -> list[str]:
    """The alternatives of a field, split at the slashes outside braces."""
    return re.split(r"/(?![^{]*\})", text)


def names(rng: Random) -> Iterator[str]:
    """Names of people, no two alike."""
    used: set[str] = set()
    while True:
        name = rng.choice(SURNAMES) + rng.choice(GIVEN)
        if name not in used:
            used.add(name)
            yield name
