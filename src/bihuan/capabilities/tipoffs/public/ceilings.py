"""How often one address, and all together, may do something. Counted in the database, so that every worker counts the same.

An address is never kept: it is counted under a digest keyed with a random secret of the day, which is destroyed with its
day. A count is raised before the thing is done, in a statement of its own, so that two at once cannot both be the last.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.http import HttpRequest

from bihuan.capabilities.tipoffs.public import limits
from bihuan.capabilities.tipoffs.public.models import DayKey, HeldPhoto, Knock, Sent
from bihuan.kernel import clock
from bihuan.kernel.web.lockout import named_address

ALL = b""
_RAISE = """
INSERT INTO tipoff_door_knock (span, what, who, count) VALUES (%s, %s, %s, %s)
ON CONFLICT (span, what, who) DO UPDATE SET count = greatest(tipoff_door_knock.count + excluded.count, 0)
RETURNING count
"""


class TooOften(Exception):
    """已超过次数上限。"""

    def __init__(self, seconds: int, *, by_all: bool = False) -> None:
        self.seconds, self.by_all = max(1, seconds), by_all
        super().__init__()


def who_asks(request: HttpRequest) -> bytes | None:
    """Today's keyed digest of where a request comes from; ``None`` where a proxy does not say it, and all would be one."""
    address = named_address(request)
    return _digest(address, clock.today()) if address else None


def _digest(address: str, day: date) -> bytes:
    return hmac.digest(_secret(day), _network(address).encode(), "sha256")[:16]


def _network(address: str) -> str:
    """An IPv6 caller has a whole /64 to himself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6 and not parsed.ipv4_mapped:
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(parsed.ipv4_mapped or parsed) if parsed.version == 6 else str(parsed)


def _secret(day: date) -> bytes:
    found = DayKey.objects.filter(pk=day).values_list("secret", flat=True).first()
    if found is None:
        fresh = DayKey(day=day, secret=secrets.token_bytes(32))
        DayKey.objects.bulk_create([fresh], ignore_conflicts=True)
        found = DayKey.objects.values_list("secret", flat=True).get(pk=day)
    return bytes(found)


def _hour() -> str:
    return f"{clock.now().astimezone(clock.SHANGHAI):%Y-%m-%dT%H}"


def _day() -> str:
    return clock.today().isoformat()


def _raise(span: str, what: str, who: bytes, by: int = 1) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [span, what, who, by])
        return int(cursor.fetchone()[0])


def _left_of_hour() -> int:
    now = clock.now().astimezone(clock.SHANGHAI)
    return 3600 - now.minute * 60 - now.second


def _left_of_day() -> int:
    now = clock.now().astimezone(clock.SHANGHAI)
    return 86_400 - now.hour * 3600 - now.minute * 60 - now.second


def an_hour(what: str, who: bytes | None, most: int) -> None:
    """Count one more of ``what`` from ``who`` this hour.

    Raises:
        TooOften: it is more than ``most``.
    """
    if who is not None and _raise(_hour(), what, who) > most:
        raise TooOften(_left_of_hour())


def a_sending(who: bytes | None) -> None:
    """Count one more tip-off, of this address and of all.

    Raises:
        TooOften: beyond the hour or the day of the address, or beyond what all may send in a day.
    """
    an_hour("send", who, limits.SENDS_AN_HOUR)
    if who is not None and _raise(_day(), "send", who) > limits.SENDS_A_DAY:
        raise TooOften(_left_of_day())
    if _raise(_day(), "send", ALL) > limits.a_day():
        raise TooOften(_left_of_day(), by_all=True)


def take_back_sending(who: bytes | None) -> None:
    """What was refused for its words does not count as sent."""
    for span, whose in ((_hour(), who), (_day(), who), (_day(), ALL)):
        if whose is not None:
            _raise(span, "send", whose, -1)


def a_guess(who: bytes | None) -> None:
    """Count a number that is about to be looked up as wrong until it is found; :func:`a_right_number` takes it back.

    Beyond the free ones the wait begins before the look, under the lock of the row: of two at once only one looks.

    Raises:
        TooOften: the address waits for its wrong numbers, or all together typed too many this hour.
    """
    if who is not None:
        with transaction.atomic():
            _guess_of(who)
    if _raise(_hour(), "wrong", ALL) > limits.WRONG_AN_HOUR_BY_ALL:
        raise TooOften(_left_of_hour(), by_all=True)


def _guess_of(who: bytes) -> None:
    _raise(_day(), "wrong", who, 0)
    row = Knock.objects.select_for_update().get(span=_day(), what="wrong", who=who)
    if row.until is not None and row.until > clock.now():
        raise TooOften(_seconds(row.until))
    row.count += 1
    beyond = row.count - limits.WRONG_FREE
    row.until = clock.now() + _wait(beyond) if beyond > 0 else None
    row.save(update_fields=["count", "until"])


def _wait(times: int) -> timedelta:
    return min(limits.WRONG_FIRST_WAIT * (1 << min(times - 1, 20)), limits.WRONG_LONGEST_WAIT)


def a_right_number(who: bytes | None) -> None:
    """The number was right: this one is not counted. Those before stay, so that an own number buys no fresh guesses."""
    if who is not None:
        Knock.objects.filter(span=_day(), what="wrong", who=who).update(
            count=Greatest(F("count") - 1, 0), until=None
        )
    _raise(_hour(), "wrong", ALL, -1)


def _seconds(until: datetime) -> int:
    return int((until - clock.now()).total_seconds()) + 1


def sweep() -> int:
    """Remove counts and keys of days gone by, photos nobody sent and answers nobody can ask for any more. Returns how many."""
    today, now = clock.today(), clock.now()
    old = now - limits.HELD_FOR
    removed = 0
    for gone in (
        Knock.objects.filter(span__lt=today.isoformat()),
        DayKey.objects.filter(day__lt=today),
        HeldPhoto.objects.filter(at__lt=old),
        Sent.objects.filter(at__lt=old - timedelta(hours=1)),
    ):
        removed += gone.delete()[0]
    return removed
