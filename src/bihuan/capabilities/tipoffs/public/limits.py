"""How much the public door takes, in one place. What the office may choose is a policy, the rest guards the machine."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from bihuan.kernel import clock
from bihuan.kernel.policies import values as policies

PHOTOS = 6
PHOTO_BYTES = 20 * 1024 * 1024
BODY_BYTES = 64 * 1024 * 1024
"""All of one request: six photos straight from a telephone and the words."""
LONGEST_SIDE = 1920
WORDS = 2000
LEAST_WORDS = 4
PLACE = 200
NAME = 40
CONTACT = 60
REMARK = 500
SPEAKS_AN_HOUR = 20

FORM_LASTS = timedelta(hours=12)
FILL_SECONDS = 3
HELD_FOR = timedelta(hours=24)
HELD_PHOTOS = 3_000
"""So many photos of unsent forms at once, some gigabyte; beyond it words are still taken."""

SENDS_AN_HOUR, SENDS_A_DAY = 12, 40
PHOTOS_AN_HOUR = 120
LOOKS_A_MINUTE = 60
ASKS_AN_HOUR = 120
WRONG_FREE = 5
"""So many wrong numbers an address may type before it waits, twice as long each time."""
WRONG_FIRST_WAIT = timedelta(minutes=1)
WRONG_LONGEST_WAIT = timedelta(hours=6)
WRONG_AN_HOUR_BY_ALL = 3_000
"""Of 10¹⁶ numbers: ten thousand living receipts and a year of guessing at this rate find one with a chance of 1 in 38,000."""

HOTLINE = "12350"
INTAKE = "tipoffs.public_intake"
A_DAY = "tipoffs.public_per_day"
CLOSED_BECAUSE = {
    "phone": "网上举报暂时停用，请拨打12350举报电话。",
    "upkeep": "网上举报正在维护，请稍后再来；着急的请拨打12350。",
    "moved": "网上举报已改到其他平台，请留意区政府公告，也可以拨打12350。",
}


def closed() -> str:
    """The sentence that stands in place of the form while the office keeps the intake closed; empty while it is open."""
    chosen = str(policies.recent(INTAKE, on=clock.today()).value)
    return CLOSED_BECAUSE.get(chosen, "")


def a_day() -> int:
    """How many tip-offs all together the door takes in a day."""
    return int(policies.recent(A_DAY, on=clock.today()).value)


def demo() -> bool:
    return bool(settings.BIHUAN_DEMO)
