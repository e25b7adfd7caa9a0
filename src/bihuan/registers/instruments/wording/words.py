"""Every word a template may name: the facts as papers write them, what the organ is called, limits of law of that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bihuan.kernel.documents.numerals import chinese_date, chinese_number
from bihuan.registers.instruments.facts import Facts
from bihuan.registers.instruments.kinds import Kind
from bihuan.registers.instruments.organs import Organ
from bihuan.registers.instruments.wording.values import capital_money, cited, shown
from bihuan.registers.law import limits

LIMITS: Mapping[str, str] = {
    "limit_payment": "payment",
    "limit_late_fee": "late_fee_daily_percent",
    "limit_reconsideration": "reconsideration",
    "limit_litigation": "litigation",
    "limit_hearing_request": "hearing_request",
    "limit_hearing_agents": "hearing_agents_max",
    "limit_demand": "demand_before_court",
}
"""Words for terms and rates, by the key of the dated rule they come from."""
_UNITS = {"工作日": "个工作日", "日": "日", "月": "个月", "年": "年", "人": "名"}


def words_of(kind: Kind, facts: Facts, organ: Organ, on: date, addressee: str) -> dict[str, str]:
    """Names and words for the templates of a kind; what is not known has no word."""
    told = {
        field.key: shown(field, facts[field.key])
        for field in kind.fields
        if field.key in facts and field.shape != "table"
    }
    told |= {
        f"{field.key}_words": capital_money(facts[field.key])
        for field in kind.fields
        if field.shape == "money" and field.key in facts
    }
    told |= {f"{key}_cited": cited(facts[key]) for key in ("basis", "violated") if facts.get(key)}
    told |= _officers(facts.get("officers", ()))
    told |= {
        "organ": organ.full_name, "organ_address": organ.address, "organ_phone": organ.phone,
        "organ_contact": organ.contact, "bank": organ.bank, "account_name": organ.account_name,
        "account": organ.account, "reconsideration": organ.reconsideration,
        "court_named": facts.get("court", organ.court), "on": chinese_date(on), "addressee": addressee or "当事人",
    }  # fmt: skip
    return {"court": organ.court} | told | {name: limit(key, on) for name, key in LIMITS.items()}


def limit(key: str, on: date) -> str:
    """A dated term or rate in words: 六十日, 六个月, 百分之三; before its first row, as that row says."""
    rule = next((each for each in reversed(limits.rules()) if each.key == key), None)
    if rule is None:
        return ""
    rule = limits.rule(key, max(on, min(each.effective_from for each in limits.rules() if each.key == key)))
    number = chinese_number(rule.value)
    if rule.unit == "%":
        return f"百分之{number}"
    if rule.unit == "人":
        return "一至二名" if rule.value == 2 else f"不超过{number}名"
    return number + _UNITS.get(rule.unit, rule.unit)


def _officers(officers: Any) -> dict[str, str]:
    certificates = [each["certificate"] for each in officers if each.get("certificate")]
    return {
        "officer_names": "、".join(each["name"] for each in officers),
        "officer_certificates": "、".join(certificates),
    }
