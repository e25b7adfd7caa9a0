"""What an enforcing agency needs before its first paper: officers with certificates, and what papers say of the agency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bihuan.demo.people import Seat
from bihuan.demo.places import NAME
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.registers.instruments.models import OrganProfile
from bihuan.registers.instruments.organs import Organ, keep
from bihuan.registers.officers.certificates import Told, certified, register

YEAR = timedelta(days=365)


def certify(seats: Sequence[Seat], agency: Agency, office: Actor) -> None:
    """A valid certificate for each; who has one already keeps it."""
    today = clock.today()
    held = certified([seat.person.pk for seat in seats], today)
    for seat in seats:
        if seat.person.pk not in held:
            no = seat.person.certificate_no or f"云执{660000 + seat.person.pk}"
            register(Told(seat.person, agency, no, today - YEAR, today + 4 * YEAR, issuer="省司法厅"), office)


def name_organ(agency: Agency, office: Actor) -> None:
    """What its papers say of the agency; what is there already stays."""
    if OrganProfile.objects.filter(agency=agency).exists():
        return
    profile = Organ(
        full_name=f"{NAME}{agency.name.removeprefix('区')}", short_name=NAME.removesuffix("区"), address=f"{NAME}府前路1号",
        phone="0000-1234567", reconsideration=f"{NAME}人民政府", court=f"{NAME}人民法院", bank="农业银行府前支行",
        account_name=f"{NAME}财政局", account="0000 0000 0000",
    )  # fmt: skip
    keep(agency, profile, office)
