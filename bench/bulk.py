"""Hazards by the hundred thousand, as a district would have them after years: uneven towns and sectors, frequent words.

They are written by INSERT … SELECT with the record's guard off, for only lists, counts and searches are asked of them.
"""

from __future__ import annotations

import itertools
import random
from datetime import date
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from tests.world import World

TOWNS = (
    "南常镇",
    "周营镇",
    "张范街道",
    "新城街道",
    "兴仁街道",
    "邹坞镇",
    "陶庄镇",
    "常庄街道",
    "沙沟镇",
    "巨山街道",
)
SECTORS = {
    "工贸": 30, "建筑施工": 18, "消防": 14, "道路交通": 10, "特种设备": 6, "城镇燃气": 6, "危险化学品": 5, "文化旅游": 4,
    "教育": 3, "烟花爆竹": 1,
}  # fmt: skip
OBJECTS = 600
SINCE = date(2016, 1, 1)

_WHERE = ("一层", "二层", "东侧", "西侧", "北侧", "南门", "1号", "2号", "3号", "4号", "5号", "临时")
_ROOMS = (
    "车间",
    "仓库",
    "配电室",
    "疏散通道",
    "锅炉房",
    "宿舍",
    "装卸平台",
    "空压机房",
    "料场",
    "食堂",
    "消防泵房",
    "喷漆房",
)
_THINGS = (
    ("灭火器", 12), ("配电箱", 12), ("疏散指示标志", 8), ("应急照明灯", 8), ("消火栓", 7), ("安全出口", 7), ("防护罩", 6),
    ("电气线路", 6), ("警示标识", 6), ("有限空间", 4), ("可燃气体探测器", 4), ("压力表", 3), ("安全阀", 3), ("脚手架", 3),
    ("叉车", 3), ("吊篮", 2), ("粉尘清扫记录", 2), ("防爆电机", 1), ("液氨管道", 0.5), ("铝镁除尘器", 0.1),
)  # fmt: skip
_FAULTS = (
    "压力不足未及时更换", "未上锁且未设置警示标识", "被货物遮挡", "损坏不亮", "未定期检验", "缺失", "接地线脱落", "老化破损",
    "未按规定检测", "锈蚀严重", "记录填写不完整", "周围堆放可燃物", "未落实专人管理", "数量配备不足", "安装位置不符合规范",
)  # fmt: skip
_MORE = (
    "，存在安全隐患",
    "，要求立即整改",
    "，现场人员不清楚处置程序",
    "，与上次检查发现的问题相同",
    "，需停用后处理",
    "",
)


def prepare(objects: int = OBJECTS) -> dict[str, str]:
    """People, towns and enterprises; the tokens of those who will ask."""
    from django.db import transaction
    from tests.world import build_world

    from bihuan.kernel.people.tokens import issue_token

    with transaction.atomic():
        world = build_world("370499", "量测区")
        _enterprises(world, objects)
        told = {name: issue_token(world.user(name), scope="sign") for name in world.users}
    return {**told, "object": str(world.factory.uid)}


def _enterprises(world: World, count: int) -> None:
    from bihuan.kernel.objects.access import draft_object
    from bihuan.kernel.objects.models import SupervisedObject
    from bihuan.kernel.territory.models import Agency, AgencyKind, Region, RegionLevel, Regulation
    from bihuan.kernel.territory.trees import find_sector, plant

    luck = random.Random(1)
    towns = [world.east, world.west]
    towns += [plant(Region, world.district, name, level=RegionLevel.TOWN, order=10) for name in TOWNS]
    villages = {
        town.pk: [
            plant(Region, town, f"{town.name[:2]}{n}村", level=RegionLevel.VILLAGE) for n in range(1, 6)
        ]
        for town in towns
    }
    regulators = {
        item.sector.name: item.agency for item in Regulation.objects.select_related("agency", "sector")
    }
    kinds = []
    for name, weight in SECTORS.items():
        sector = find_sector(name)
        if sector is None:
            continue
        if name not in regulators:
            regulators[name] = plant(
                Agency, None, f"区{name}主管局", kind=AgencyKind.DEPARTMENT, region=world.district
            )
            Regulation.objects.create(agency=regulators[name], sector=sector)
        kinds.append((sector, regulators[name], weight))
    made = []
    for number in range(count):
        sector, agency, _ = luck.choices(kinds, [weight for *_, weight in kinds])[0]
        town = luck.choices(towns, [12, 10, 9, 9, 8, 7, 6, 5, 4, 3, 2, 1])[0]
        place = luck.choice(villages[town.pk]) if luck.random() < 0.3 else town
        row = draft_object(_name(number, luck), place, sector=sector)
        row.agency = agency if luck.random() < 0.9 else None
        made.append(row)
    SupervisedObject.objects.bulk_create(made)


def _name(number: int, luck: random.Random) -> str:
    first = (
        "鑫盛恒泰瑞丰华茂宏达金鼎"[number % 12]
        + "源通利旺兴隆祥和顺发"[number // 12 % 10]
        + "嘉诚宇辉腾"[number // 120 % 5]
    )
    return f"{first}{luck.choice(('机械', '纺织', '化工', '物流', '建材', '食品', '置业'))}有限公司"


def texts(count: int = 4000) -> list[tuple[str, str]]:
    """Place and description, some words in every tenth, some in every hundred thousandth."""
    luck = random.Random(2)
    things, weights = zip(*_THINGS, strict=True)
    return [
        (
            luck.choice(_WHERE) + luck.choice(_ROOMS),
            f"{luck.choice(_ROOMS)}{luck.choices(things, weights)[0]}{luck.choice(_FAULTS)}，"
            f"{luck.choices(things, weights)[0]}{luck.choice(_FAULTS)}{luck.choice(_MORE)}",
        )
        for _ in range(count)
    ]


def _vocabulary(own: psycopg.Connection[Any]) -> None:
    from bihuan.kernel.objects.models import SupervisedObject
    from bihuan.kernel.search import pairs_literal

    own.execute(
        "CREATE TEMP TABLE words (id int PRIMARY KEY, place text, description text, search int[]);"
        "CREATE TEMP TABLE sites (id int PRIMARY KEY, uid uuid, region text, sector text, agency bigint, search int[])"
    )
    with own.cursor() as cursor:
        with cursor.copy("COPY words FROM STDIN") as copy:
            for index, (place, text) in enumerate(texts()):
                copy.write_row([index, place, text, pairs_literal(place, text)])
        with cursor.copy("COPY sites FROM STDIN") as copy:
            rows = SupervisedObject.objects.order_by("created_at", "uid").values_list(
                "uid", "region_path", "sector_path", "agency_id", "name"
            )
            for index, (*row, name) in enumerate(rows):
                copy.write_row([index, *row, pairs_literal(name)])
    own.execute("ANALYZE words; ANALYZE sites")


FILL = """
INSERT INTO hazards_hazard (uid, no, state, version, region_path, sector_path, agency_id, object_id, opened_at,
    deadline, escalated, hands, entry_count, head, grade, source, campaign, category, description, place, criterion,
    voluntary, found_on, found_by, finder, responsible_person, measures, contingency_plan, funds_planned_fen,
    funds_spent_fen, rectify_by, rectified_on, rectification, accepted_on, accepted_by, accepted_claimed,
    claimed, voided, failed_acceptances, recurrence, self_accepted, leniency, origin, search)
SELECT uuidv7(found::timestamptz - now() + make_interval(secs => i %% 80000)), 'B' || %(already)s + %(from)s + i, state, 3,
    region, sector, agency, site, found,
    CASE WHEN state = 'reported' THEN found + 3 WHEN state IN ('rectifying', 'awaiting_acceptance') THEN found + lasts END,
    0, '{"report": 1, "assign": 1}', 3, sha256(i::text::bytea), CASE WHEN luck[4] < 0.03 THEN 'major' ELSE 'general' END,
    (ARRAY['self_check','routine','special','joint','supervision_visit','undercover','leader_led','tip_off','expert',
           'grid','transfer','congress'])[1 + floor(luck[5] * luck[6] * 12)],
    CASE WHEN i %% 50 = 0 THEN '百日攻坚' ELSE '' END, 'fire', description, place, '', false, found, '周岚',
    CASE WHEN i %% 7 = 0 THEN i %% 40 END, '钱厂长', '立即清运，设专人看守，举一反三排查同类问题', '', 50000, 60000,
    found + lasts, CASE WHEN state = 'closed' THEN found + lasts - 2 END, CASE WHEN state = 'closed' THEN '已整改完成' ELSE '' END,
    CASE WHEN state = 'closed' THEN found + lasts END, '', luck[3] < 0.3, false, state = 'voided', 0, 0, false, '', '', search
FROM (
    SELECT drawn.*, sites.uid AS site, region, sector, agency, place, description,
           sites.search || ARRAY[0] || words.search AS search,
           5 + floor(luck[7] * 25)::int AS lasts,
           CASE WHEN luck[1] < 0.004 THEN 'voided'
                WHEN found < CURRENT_DATE - 60 AND luck[1] < 0.985 THEN 'closed'
                WHEN luck[2] < 0.25 THEN 'reported' WHEN luck[2] < 0.8 THEN 'rectifying' ELSE 'awaiting_acceptance' END AS state
    FROM (SELECT i, %(since)s::date + floor((%(from)s + i) * (CURRENT_DATE - %(since)s::date)::float / %(all)s)::int AS found,
                 ARRAY[random(), random(), random(), random(), random(), random(), random()] AS luck,
                 floor(power(random(), 1.2) * %(sites)s)::int AS at, floor(random() * %(words)s)::int AS said
          FROM generate_series(0, %(step)s - 1) i) AS drawn
    JOIN sites ON sites.id = at JOIN words ON words.id = said
) AS rows
"""
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'hazards_hazard'
  AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = 'hazards_hazard'::regclass)
"""


def superuser() -> str:
    """The address under which the guard can be taken off."""
    from bihuan.conf import env, postgres, roles

    return postgres.address(env.current().postgres, roles.SUPERUSER).url()


def fill(rows: int, already: int = 0, since: date = SINCE) -> dict[str, int]:
    """Bring the table from ``already`` to ``rows`` hazards found since a day; what it then weighs."""
    from bihuan.capabilities.hazards.figures import HAZARDS
    from bihuan.kernel.figures import tally

    with psycopg.connect(superuser(), autocommit=True) as own:
        _vocabulary(own)
        own.execute("ALTER TABLE hazards_hazard DISABLE TRIGGER hazards_hazard_guard_new")
        indexes = own.execute(INDEXES).fetchall()
        for name, _ in indexes:
            own.execute(f"DROP INDEX {name}")
        sizes = own.execute("SELECT (SELECT count(*) FROM sites), (SELECT count(*) FROM words)").fetchone()
        assert sizes is not None
        given = {
            "sites": sizes[0],
            "words": sizes[1],
            "since": since,
            "all": rows - already,
            "already": already,
        }
        for start, end in itertools.pairwise([*range(already, rows, 100_000), rows]):
            own.execute(FILL, {**given, "from": start - already, "step": end - start})
            tally.compact(HAZARDS)
        own.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            own.execute(definition)
        own.execute("VACUUM ANALYZE")
        # A district is measured at rest, not while it writes out what it was filled with.
        own.execute("CHECKPOINT")
    return weigh()


def weigh() -> dict[str, int]:
    """Rows of the table and bytes of it and its indexes."""
    with psycopg.connect(superuser()) as own:
        found = own.execute(
            "SELECT count(*), pg_table_size('hazards_hazard'), pg_indexes_size('hazards_hazard') FROM hazards_hazard"
        ).fetchone()
    assert found is not None
    return dict(zip(("rows", "table", "indexes"), found, strict=True))
