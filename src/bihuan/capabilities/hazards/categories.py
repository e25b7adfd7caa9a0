"""What kind of thing is wrong, told from the words. Recurrence asks for the same kind at the same place (M096)."""

from __future__ import annotations

import re
from functools import lru_cache

from bihuan.kernel.loops.declaration import State
from bihuan.kernel.territory.names import name_key


class Category(State):
    EVACUATION = "evacuation", "疏散通道"
    FIRE_FACILITY = "fire_facility", "消防设施"
    HOT_WORK = "hot_work", "动火作业"
    CONFINED_SPACE = "confined_space", "有限空间"
    ELECTRICITY = "electricity", "用电"
    GAS = "gas", "燃气"
    CHEMICALS = "chemicals", "危险化学品"
    DUST = "dust", "粉尘"
    PRESSURE = "pressure", "特种设备"
    MACHINERY = "machinery", "机械防护"
    EDGE = "edge", "临边高处"
    CERTIFICATES = "certificates", "人员资质"
    MANAGEMENT = "management", "制度管理"
    OTHER = "other", "其他"


_WORDS: tuple[tuple[Category, str], ...] = (
    (Category.EVACUATION, "疏散|安全出口|消防通道|逃生|应急照明|指示灯"),
    (Category.HOT_WORK, "动火|电焊|气割|焊接"),
    (Category.CONFINED_SPACE, "有限空间|受限空间|污水池|化粪池"),
    (Category.CERTIFICATES, "无证|持证|证书|资格|培训|考核"),
    (Category.DUST, "粉尘|除尘"),
    (Category.CHEMICALS, "液氨|危化|化学品|储罐|易燃|易爆|氯气|硫酸"),
    (Category.GAS, "燃气|可燃气体|液化气|天然气|煤气"),
    (Category.FIRE_FACILITY, "灭火器|消火栓|消防|喷淋|烟感|火灾"),
    (Category.ELECTRICITY, "配电|接地|电线|线路|漏电|用电|电缆|插座|电气"),
    (Category.PRESSURE, "压力容器|电梯|锅炉|叉车|起重|行车|吊装|特种设备|压力管道"),
    (Category.MACHINERY, "皮带机|急停|防护罩|联锁|机床|传动|机械"),
    (Category.EDGE, "临边|高处|坠落|脚手架|洞口|护栏|基坑|边坡"),
    (Category.MANAGEMENT, "制度|规程|台账|记录|预案|演练|责任制|标识|警示|劳动防护|审批"),
)
_PATTERNS = tuple((category, re.compile(words)) for category, words in _WORDS)


@lru_cache(maxsize=65536)
def category_of(description: str) -> Category:
    """The kind a description tells of; OTHER when no word gives it away. A person may always correct it."""
    return next((category for category, words in _PATTERNS if words.search(description)), Category.OTHER)


_RANK = re.compile(r"[(（]\d+[)）]$")


@lru_cache(maxsize=65536)
def place_key(place: str) -> str:
    """The place under which two findings meet, without spaces and trailing numbers in brackets."""
    return name_key(_RANK.sub("", place))
