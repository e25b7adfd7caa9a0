"""The figures of letters that reports and pages print (M006), each declared once.

All are about the letters *drafted* in the period and judged at the cut-off day. A letter that was signed once counts as
signed while a revision of it waits: the earlier edition was. A withdrawn letter is none.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bihuan.capabilities.responsibility.letters.states import LetterLevel, Merit
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

LETTERS = Tally(
    name="letters",
    model="letters.Letter",
    table="letters_letter",
    born=DateOf("drafted_on"),
    dates={
        "signed": DateOf("first_signed_on"),
        "passed": DateOf("appraised_on", unless="merit = 'failed'"),
    },
    dims={
        "region": Dim("region_path"),
        "agency": Dim("agency_id", "bigint"),
        "kind": Dim("level"),
    },
    where="NOT withdrawn AND level <> 'superior'",
)


def issued(period: Period, as_of: date) -> Q:
    """Given out in the period and by the cut-off, signed or not; what the superior gave to the district is not ours."""
    ours = Q(withdrawn=False) & ~Q(level=LetterLevel.SUPERIOR.value)
    return ours & Q(drafted_on__gte=period.first, drafted_on__lte=min(period.last, as_of))


def signed(period: Period, as_of: date) -> Q:
    """Of these, signed by both sides on or before the cut-off."""
    return issued(period, as_of) & Q(first_signed_on__lte=as_of)


def unsigned(period: Period, as_of: date) -> Q:
    """Of these, lacking a signature at the cut-off."""
    return issued(period, as_of) & (Q(first_signed_on=None) | Q(first_signed_on__gt=as_of))


def passed(period: Period, as_of: date) -> Q:
    """Of these, appraised by the cut-off and not failed (the results that the year's conference reads out, M032)."""
    return issued(period, as_of) & Q(appraised_on__lte=as_of) & ~Q(merit=Merit.FAILED.value)


registry.register(
    Figure("letters.issued", "下达责任书", "份", "count", LETTERS, issued, plus=Measure()),
    Figure("letters.signed", "签订责任书", "份", "count", LETTERS, signed, plus=Measure(("signed",))),
    Figure(
        "letters.unsigned", "未签订责任书", "份", "count", LETTERS, unsigned,
        plus=Measure(), minus=Measure(("signed",)),
    ),
    Figure(
        "letters.passed", "考核合格责任书", "份", "count", LETTERS, passed, plus=Measure(("passed",)),
    ),
    Figure(
        "letters.signing_rate", "责任书签订率", "%", "ratio", LETTERS, issued, of=("letters.signed", "letters.issued"),
    ),
)  # fmt: skip

name_codes("kind", {level.value: level.label for level in LetterLevel})
