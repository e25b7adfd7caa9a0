"""The words in which duties are told apart."""

from __future__ import annotations

from django.db import models


class Side(models.TextChoices):
    """两个主体责任 (M001)."""

    GOVERNMENT = "government", "政府监管责任"
    ENTERPRISE = "enterprise", "企业主体责任"


class DutyClass(models.TextChoices):
    """四类责任 (M002): what a duty is kept as; every other published classification is printed from it."""

    LEADERSHIP = "leadership", "党政领导责任"
    REGULATORY = "regulatory", "部门监管责任"
    TERRITORIAL = "territorial", "属地管理责任"
    ENTERPRISE = "enterprise", "企业主体责任"


class Oversight(models.TextChoices):
    """How a department supervises; only a regulatory duty has it."""

    COMPREHENSIVE = "comprehensive", "综合监管"
    SECTOR = "sector", "行业监管"


class Level(models.TextChoices):
    """Where the holder of a duty sits; coverage is told by it (M003)."""

    DISTRICT = "district_level", "区级"
    TOWN = "town_level", "镇街"
    ENTERPRISE = "enterprise_level", "企业"


class Verification(models.TextChoices):
    """How far the text of a rule was verified when it was brought in."""

    READ = "V1", "已核对原文"
    SECOND_HAND = "V2", "二手材料印证"
    UNVERIFIED = "K", "待核对"


SIDE_OF = {
    DutyClass.LEADERSHIP: Side.GOVERNMENT,
    DutyClass.REGULATORY: Side.GOVERNMENT,
    DutyClass.TERRITORIAL: Side.GOVERNMENT,
    DutyClass.ENTERPRISE: Side.ENTERPRISE,
}
