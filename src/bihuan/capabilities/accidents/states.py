"""Where an accident stands, how grave it is, and the words its record uses."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class AccidentState(State):
    REPORTED = "reported", "已接报"
    VERIFIED = "verified", "已核实"
    INVESTIGATING = "investigating", "调查中"
    AWAITING_REPLY = "awaiting_reply", "待批复"
    EXECUTING = "executing", "落实中"
    EVALUATED = "evaluated", "已评估"
    CLOSED = "closed", "已结案"
    DISMISSED = "dismissed", "不予认定"


class Grade(State):
    """一般、较大、重大、特别重大事故 (国务院令第493号 第三条); the order is from light to grave."""

    GENERAL = "general", "一般"
    SIGNIFICANT = "significant", "较大"
    MAJOR = "major", "重大"
    EXCEPTIONAL = "exceptional", "特别重大"


class Branch(State):
    """The statistical field of an accident (M216): exactly one, so that the parts are the total."""

    INDUSTRIAL = "industrial", "工矿商贸（不含建筑施工）"
    CONSTRUCTION = "construction", "建筑施工"
    ROAD = "road", "道路交通"
    FIRE = "fire", "火灾"
    WATER = "water", "水上交通"
    RAILWAY = "railway", "铁路交通"
    AVIATION = "aviation", "民航"
    FARM_MACHINERY = "farm_machinery", "农业机械"
    FISHING = "fishing", "渔业船舶"
    OTHER = "other", "其他"


class Told(State):
    """What brought a version of the facts."""

    FIRST = "first", "接报"
    VERIFIED = "verified", "核实"
    FOLLOW_UP = "follow_up", "续报"
    SUPPLEMENT = "supplement", "补报"
    INVESTIGATED = "investigated", "调查认定"
    LOSS = "loss", "损失评估修订"
    CORRECTED = "corrected", "更正"
    LEDGER = "ledger", "台账所载"


class Offence(State):
    """迟报、漏报、谎报、瞒报 (M210; 应急管理部令第14号 第五条)."""

    LATE = "late", "迟报"
    OMITTED = "omitted", "漏报"
    FALSE = "false", "谎报"
    CONCEALED = "concealed", "瞒报"


class Level(State):
    """Which government investigates (国务院令第493号 第十九条); the order is from below upward."""

    ENTERPRISE = "enterprise", "委托事故发生单位"
    COUNTY = "county", "县级人民政府"
    CITY = "city", "设区的市级人民政府"
    PROVINCE = "province", "省级人民政府"
    STATE = "state", "国务院"


class Addressee(State):
    """To whom an accident is told onward: the two offices (M204), upward, and whoever is notified as well."""

    GOVERNMENT_OFFICE = "government_office", "区政府办"
    COMMITTEE_OFFICE = "committee_office", "区安委办"
    GOVERNMENT = "government", "本级人民政府"
    CITY = "city", "设区的市级应急管理部门"
    PROVINCE = "province", "省级应急管理部门"
    MINISTRY = "ministry", "国务院应急管理部门"
    PUBLIC_SECURITY = "public_security", "公安机关"
    HUMAN_RESOURCES = "human_resources", "人力资源社会保障部门"
    TRADE_UNION = "trade_union", "工会"
    PROCURATORATE = "procuratorate", "人民检察院"


class Condition(State):
    """四不放过 (M211): each has its own evidence, or the file stays open."""

    CAUSE = "cause", "事故原因未查清不放过"
    LIABLE = "liable", "责任人员未处理不放过"
    MEASURES = "measures", "整改措施未落实不放过"
    TAUGHT = "taught", "有关人员未受到教育不放过"


class Finding(State):
    """What is decided of each earlier inspection or hazard after an accident (M098)."""

    BLAMELESS = "blameless", "已尽职，无须追究"
    MISSED = "missed", "应发现未发现"
    UNREMOVED = "unremoved", "应消除未消除"


def graver(a: Grade, b: Grade) -> bool:
    """Whether ``a`` is graver than ``b``."""
    ranked = list(Grade)
    return ranked.index(a) > ranked.index(b)
