"""Every address × every role × what is not theirs: absent. An address that nobody classified here fails the test.

``LISTS`` show many things and must leave out the foreign ones, whatever is searched for. ``ONE`` names one thing and
must answer for a foreign one as for one that does not exist. ``OFFICES`` belong to certain posts and show no business
matter. ``DOORS`` stand open to everybody and show nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.loops.declaration import Deed, Loop
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.people.models import ADMIN_ROLES, Post, Role
from bihuan.kernel.people.tokens import issue_token
from bihuan.kernel.territory.models import Agency
from tests.contracts.hidden import Hidden, Side
from tests.web.conftest import SignIn
from tests.world import World

BEYOND_WEST = ("clerk_east", "grid", "regulator", "officer", "principal", "safety", "postless")
BEYOND_EAST = ("clerk_west", "builder", "site_safety")
BEYOND_BOTH = ("system_admin", "security_admin", "auditor")
DISTRICT_WIDE = ("office", "leader", "expert")
ALIKE = {"regulator_two", "safety_two", "office_two"}
"""Second holders of a post that is tried already."""
NOBODY = UUID("019a9b2e-0000-7000-8000-00000000dead")

Addresses = Callable[[Side], list[str]]
Pair = tuple[str, str]


def _searched(base: str) -> Addresses:
    def addresses(side: Side) -> list[str]:
        return [
            base,
            *(f"{base}?q={word}" for word in (side.hazard.description[:3], side.hazard.object.name[:4])),
        ]

    return addresses


def _hazard_lists(base: str) -> Addresses:
    def addresses(side: Side) -> list[str]:
        narrowed = [
            f"region={side.region.path}&tab=all", f"sector={side.sector.name}&source=tip_off",
            f"object={side.hazard.object_id}&page_size=200", f"q={side.hazard.no}",
        ]  # fmt: skip
        return [*_searched(base)(side), *(f"{base}?{words}" for words in narrowed)]

    return addresses


def _figures(base: str) -> Addresses:
    def addresses(side: Side) -> list[str]:
        year = side.hazard.found_on.year
        return [
            f"{base}?period={year}", f"{base}?period={year}&regions={side.region.path}",
            f"{base}?period={year}&sectors={side.sector.path}&exactly=sectors",
            f"{base}?period={year}&object={side.hazard.object_id}", f"{base}?period={year}&source=tip_off",
        ]  # fmt: skip

    return addresses


def _plain(*addresses: str) -> Addresses:
    return lambda side: list(addresses)


LISTS: dict[str, Addresses] = {
    "": _plain("/"),
    "desk/<slug:which>/": _plain("/desk/mine/", "/desk/waiting/", "/desk/escalated/"),
    "imports/": _plain("/imports/"),
    "imports/headings/": _plain("/imports/headings/"),
    "reports/counted/<str:name>/": lambda side: [
        f"/reports/counted/hazards.repeat_units/?period=2026H1&region={side.region.path}"
    ],
    "api/v1/enterprises": _searched("/api/v1/enterprises"),
    "api/v1/figures": lambda side: [
        "/api/v1/figures?period=2026&by=town", f"/api/v1/figures?period=2026&region={side.region.path}"
    ],
    "notices/": _plain("/notices/"),
    "objects/suggest/": _searched("/objects/suggest/"),
    "figures/": lambda side: ["/figures/", "/figures/?by=town", "/figures/?by=sector", "/figures/?by=campaign"],
    "figures/export.xlsx": _plain("/figures/export.xlsx"),
    "weekly/": _plain("/weekly/", "/weekly/?tab=all"),
    "weekly/summary/": _plain("/weekly/summary/"),
    "weekly/summary/paper.<weekly_file:ending>": _plain("/weekly/summary/paper.xlsx"),
    "api/v1/weekly": _searched("/api/v1/weekly"),
    "figures/<str:name>/records/": _figures("/figures/hazards.found/records/"),
    "figures/<str:name>/records/export.xlsx": _figures("/figures/hazards.found/records/export.xlsx"),
    "filings/": _plain("/filings/"),
    "enterprises/": _searched("/enterprises/"),
    "enterprises/export.xlsx": _searched("/enterprises/export.xlsx"),
    "enterprises/new/": _plain("/enterprises/new/"),
    "enterprises/towns/": _plain("/enterprises/towns/"),
    "enterprises/waiting/": lambda side: [
        "/enterprises/waiting/", f"/enterprises/waiting/?region={side.region.path}"
    ],
    "enterprises/decisions/": _plain("/enterprises/decisions/"),
    "enterprises/objects/": _plain("/enterprises/objects/"),
    "enterprises/objects/<slug:plural>/": _searched("/enterprises/objects/projects/"),
    "enterprises/objects/<slug:plural>/export.xlsx": _searched("/enterprises/objects/projects/export.xlsx"),
    "enterprises/objects/<slug:plural>/new/": _plain("/enterprises/objects/projects/new/"),
    "enterprises/sectors/": _plain("/enterprises/sectors/"),
    "enterprises/sectors/<slug:code>/": _plain("/enterprises/sectors/construction/"),
    "enterprises/sectors/waiting/": _plain("/enterprises/sectors/waiting/"),
    "<slug:plural>/": lambda side: [
        *_hazard_lists("/hazards/")(side), *_searched("/tasks/")(side), *_searched("/campaigns/")(side),
        "/accidents/?tab=all", *_searched("/accidents/")(side), "/lessons/?tab=all",
        "/returns/?tab=all", "/forecasts/?tab=all", "/warnings/?tab=all",
        "/windows/?tab=all", "/milestones/?tab=all", *_searched("/campaigns/?tab=all")(side)[:1],
        "/measures/?tab=all", *_searched("/measures/")(side), "/supply-failures/?tab=all",
        *_searched("/gaps/")(side), *_searched("/letters/")(side), *_searched("/crackdown/")(side), "/crackdown/?tab=all",
        "/tipoffs/?tab=all", *_searched("/tipoffs/")(side), "/tipoff-batches/?tab=all",
        "/plans/?tab=all", "/draws/?tab=all", "/rounds/?tab=all", "/cases/?tab=all", *_searched("/cases/")(side),
        "/meetings/?tab=all", "/visits/?tab=all", *_searched("/meetings/")(side), *_searched("/visits/")(side),
    ],
    "<slug:plural>/export.xlsx": lambda side: [
        "/accidents/export.xlsx?tab=all", "/lessons/export.xlsx?tab=all",
        "/returns/export.xlsx?tab=all", "/forecasts/export.xlsx?tab=all", "/warnings/export.xlsx?tab=all",
        *_searched("/hazards/export.xlsx")(side), *_searched("/tasks/export.xlsx")(side),
        "/meetings/export.xlsx?tab=all", "/visits/export.xlsx?tab=all",
    ],
    "<slug:plural>/new/<slug:slug>/": lambda side: [
        "/hazards/new/report/", f"/hazards/new/report/?object={side.hazard.object_id}"
    ],
    "responsibility/": _plain("/responsibility/"),
    "responsibility/duties/": _plain("/responsibility/duties/", "/responsibility/duties/?scheme=three"),
    "responsibility/duties/export.xlsx": _plain("/responsibility/duties/export.xlsx"),
    "responsibility/duties/print.docx": _plain("/responsibility/duties/print.docx"),
    "responsibility/duties/missing/": _plain("/responsibility/duties/missing/"),
    "responsibility/duties/rules/": _plain("/responsibility/duties/rules/"),
    "responsibility/duties/enterprises/": lambda side: [
        "/responsibility/duties/enterprises/", f"/responsibility/duties/enterprises/?q={side.hazard.object.name[:4]}"
    ],
    "responsibility/duties/staffing/": _plain("/responsibility/duties/staffing/"),
    "responsibility/lists/": _plain("/responsibility/lists/"),
    "responsibility/committees/": _plain("/responsibility/committees/"),
    "responsibility/priorities/": _plain("/responsibility/priorities/"),
    "responsibility/who/": lambda side: [
        "/responsibility/who/", f"/responsibility/who/?object={side.hazard.object_id}"
    ],
    "responsibility/gaps/": _plain("/responsibility/gaps/"),
    "responsibility/gaps/<slug:cause>/": _plain(
        *(f"/responsibility/gaps/{cause}/" for cause in ("no_principal", "no_territory", "no_leader"))
    ),
    "responsibility/naming/": _plain("/responsibility/naming/"),
    "responsibility/naming/<slug:kind>/": _plain(
        *(f"/responsibility/naming/{kind}/" for kind in ("area", "pairing", "claim", "zone"))
    ),
    "meetings/due/": _plain("/meetings/due/"),
    "meetings/summoned/": _plain("/meetings/summoned/"),
    "api/v1/meetings": lambda side: ["/api/v1/meetings?tab=all", *_searched("/api/v1/meetings")(side)],
    "api/v1/visits": lambda side: ["/api/v1/visits?tab=all", *_searched("/api/v1/visits")(side)],
    "accidents/statistics/years/": lambda side: ["/accidents/statistics/years/"],
    "accidents/statistics/rates/": lambda side: ["/accidents/statistics/rates/"],
    "api/v1/rates": lambda side: ["/api/v1/rates", "/api/v1/rates?period=2026"],
    "api/v1/figures/year-on-year": lambda side: ["/api/v1/figures/year-on-year?name=hazards.found&period=2026"],
    "accidents/statistics/": lambda side: ["/accidents/statistics/", f"/accidents/statistics/?period={side.hazard.found_on.year}"],
    "accidents/outstanding/": _plain("/accidents/outstanding/"),
    "accidents/outstanding/export.xlsx": _plain("/accidents/outstanding/export.xlsx"),
    "api/v1/accidents": lambda side: ["/api/v1/accidents?tab=all", *_searched("/api/v1/accidents")(side)],
    "api/v1/lessons": _plain("/api/v1/lessons?tab=all"),
    "returns/compiled/": lambda side: ["/returns/compiled/", f"/returns/compiled/?month={side.period}"],
    "returns/compiled/paper.<monthly_file:ending>": lambda side: [f"/returns/compiled/paper.xlsx?month={side.period}"],
    "forecasts/compiled/": lambda side: ["/forecasts/compiled/", f"/forecasts/compiled/?month={side.period}"],
    "forecasts/compiled/paper.<monthly_file:ending>": lambda side: [f"/forecasts/compiled/paper.xlsx?month={side.period}"],
    "forecasts/compiled/broadcast.<monthly_file:ending>": lambda side: [
        f"/forecasts/compiled/broadcast.txt?month={side.period}"
    ],
    **{f"api/v1/{plural}": _plain(f"/api/v1/{plural}?tab=all") for plural in ("returns", "forecasts", "warnings")},
    "letters/control/": _plain("/letters/control/"),
    "letters/signing/": _plain("/letters/signing/"),
    "letters/control.xlsx": _plain("/letters/control.xlsx"),
    r"^letters/unsigned\.(?P<ending>xlsx|docx)$": _plain("/letters/unsigned.xlsx", "/letters/unsigned.docx"),
    "reports/": _plain("/reports/"),
    "archives/": lambda _: [f"/archives/?year={clock.today().year}"],
    "archives/<int:year>/list.<paper:ending>": lambda _: [f"/archives/{clock.today().year}/list.docx"],
    "archives/<int:year>/<int:agency>/": lambda _: [_archive()],
    "spot-checks/": _plain("/spot-checks/"),
    "reports/new/": _plain("/reports/new/"),
    "api/v1/reports": _plain("/api/v1/reports?kind=half-year&period=2026H1", "/api/v1/reports?kind=bulletin&period=2026-05"),
    "reports/templates/<slug:kind>/preview/": _plain("/reports/templates/half-year/preview/?period=2026H1"),
    "reports/preview/": lambda side: ["/reports/preview/", f"/reports/preview/?period=2026H1&region={side.region.pk}"],
    "three-lists/": lambda side: ["/three-lists/", f"/three-lists/?region={side.region.path}"],
    "three-lists/export.xlsx": lambda side: ["/three-lists/export.xlsx", f"/three-lists/export.xlsx?region={side.region.path}"],
    "api/v1/hazards": _hazard_lists("/api/v1/hazards"),
    "api/v1/tasks": _searched("/api/v1/tasks"),
    "api/v1/gaps": _searched("/api/v1/gaps"),
    "api/v1/letters": _searched("/api/v1/letters"),
    "api/v1/campaigns": _searched("/api/v1/campaigns"),
    "api/v1/milestones": _plain("/api/v1/milestones?tab=all"),
    "api/v1/windows": _plain("/api/v1/windows?tab=all"),
    "packs/": _plain("/packs/"),
    "packs/<int:template>/<str:window>/": _plain("/packs/1/370403-W2026-000001/"),
    "packs/<int:template>/<str:window>/unfinished.docx": _plain("/packs/1/370403-W2026-000001/unfinished.docx"),
    "programmes/": _plain("/programmes/"),
    "coverage/": _plain("/coverage/", "/coverage/?tab=done"),
    "inspections/fire/": _plain("/inspections/fire/"),
    "inspections/statistics/": _plain("/inspections/statistics/", "/inspections/statistics/?by=town"),
    "api/v1/inspections": _searched("/api/v1/inspections"),
    "officers/recusals/": _plain("/officers/recusals/"),
    "officers/engagements/": _plain("/officers/engagements/"),
    "api/v1/plans": _searched("/api/v1/plans"),
    "api/v1/draws": _searched("/api/v1/draws"),
    "api/v1/rounds": _searched("/api/v1/rounds"),
    "crackdown/statistics/": _plain("/crackdown/statistics/", "/crackdown/statistics/?period=2026"),
    "crackdown/statistics/paper.<str:ending>": _plain("/crackdown/statistics/paper.docx"),
    "crackdown/sweeps/": _plain("/crackdown/sweeps/"),
    "crackdown/pledges/": _plain("/crackdown/pledges/"),
    "crackdown/pledges/unsigned.<str:ending>": _plain("/crackdown/pledges/unsigned.docx"),
    "crackdown/police/": _plain("/crackdown/police/"),
    "crackdown/police/paper.<str:ending>": _plain("/crackdown/police/paper.docx"),
    "crackdown/seven/": _plain("/crackdown/seven/"),
    "crackdown/explosives/": _plain("/crackdown/explosives/"),
    "cases/rules/": _plain("/cases/rules/"),
    "cases/disclosure/": _plain("/cases/disclosure/"),
    "cases/nearby/": _plain("/cases/nearby/"),
    "cases/analysis/": _plain("/cases/analysis/"),
    "cases/analysis/paper.<str:ending>": _plain("/cases/analysis/paper.docx"),
    "cases/scores/": _plain("/cases/scores/"),
    "cases/scores/paper.<str:ending>": _plain("/cases/scores/paper.docx"),
    "api/v1/crackdown": _searched("/api/v1/crackdown"),
    "tipoffs/ledger/": _plain("/tipoffs/ledger/"),
    "tipoffs/ledger/export.xlsx": _plain("/tipoffs/ledger/export.xlsx"),
    "api/v1/tipoffs": lambda side: ["/api/v1/tipoffs?tab=all", *_searched("/api/v1/tipoffs")(side)],
    "api/v1/tipoff-batches": _plain("/api/v1/tipoff-batches?tab=all"),
    "api/v1/cases": lambda side: ["/api/v1/cases?tab=all", *_searched("/api/v1/cases")(side)],
    "measures/suppliers/": _plain("/measures/suppliers/"),
    "api/v1/measures": lambda side: ["/api/v1/measures?tab=all", *_searched("/api/v1/measures")(side)],
    "api/v1/supply-failures": _plain("/api/v1/supply-failures?tab=all"),
    "papers/": _plain("/papers/", "/papers/?tab=all"),
    "api/v1/papers": _searched("/api/v1/papers"),
    "instruments/": lambda side: ["/instruments/", "/instruments/?kind=out_of_scope_transfer", f"/instruments/?q={side.hazard.no}"],
    "instruments/export.xlsx": _plain("/instruments/export.xlsx"),
    "api/v1/instruments": lambda side: ["/api/v1/instruments", f"/api/v1/instruments?matter={side.hazard.no}"],
}  # fmt: skip


def _hidden(loop: Loop) -> Deed:
    """A deed no page offers, if there is one."""
    return next((deed for deed in loop.deeds if not deed.shown), loop.deeds[0])


ABSENT = {
    "accidents": "370403-A2026-999999", "lessons": "370403-K2026-999999",
    "tipoffs": "370403-Q2026-999999", "tipoff-batches": "370403-B2026-999999",
    "returns": "370403-U2026-999999", "forecasts": "370403-U2026-999999", "warnings": "370403-E2026-999999",
    "hazards": "370403-H2026-999999", "tasks": "370403-T2026-999999", "campaigns": "370403-X2026-999999", "weekly": "370403-F2026-999999",
    "meetings": "370403-M2026-999999", "visits": "370403-V2026-999999", "gaps": "370403-G2026-999999", "letters": "370403-L2026-999999",
    "papers": "370403-P2026-999999", "milestones": "370403-J2026-999999", "crackdown": "370403-S2026-999999",
    "cases": "370403-C2026-999999", "measures": "370403-O2026-999999", "supply-failures": "370403-Z2026-999999",
    "inspections": "370403-I2026-999999", "plans": "370403-N2026-999999", "draws": "370403-D2026-999999", "rounds": "370403-Y2026-999999",
}  # fmt: skip
COMMON = {"windows"}
"""What every unit of the government reads and nobody's in particular: the district's calendar of key periods. Whose its
deeds are is tried in ``dispatch/test_windows.py``."""


def _matter(ending: str, plural: str = "hazards") -> Callable[[Side], Pair]:
    return lambda side: (f"/{plural}/{side.numbers(plural)}/{ending}", f"/{plural}/{ABSENT[plural]}/{ending}")


def _by(
    before: str, thing: Callable[[Side], Any], after: str, absent: Any = NOBODY
) -> Callable[[Side], Pair]:
    return lambda side: (f"{before}{thing(side)}{after}", f"{before}{absent}{after}")


def _report(ending: str) -> Callable[[Side], Pair]:
    return _by("/reports/", lambda side: side.report.no, ending, "370403-R2026-999999")


def _api(ending: str, plural: str = "hazards") -> Callable[[Side], Pair]:
    return lambda side: (
        f"/api/v1/{plural}/{side.numbers(plural)}{ending}",
        f"/api/v1/{plural}/{ABSENT[plural]}{ending}",
    )


def _archive() -> str:
    """The archive of a department's year; it holds what whoever looks may see."""
    department = Agency.objects.get(name="区应急管理局")
    return f"/archives/{clock.today().year}/{department.pk}/"


def _inside(side: Side) -> int:
    """A post inside the side's enterprise."""
    return Post.objects.filter(object=side.hazard.object_id).values_list("pk", flat=True)[0]


ONE: dict[str, list[Callable[[Side], Pair]]] = {
    "<slug:plural>/<str:no>/": [
        _matter("", "accidents"), _matter("", "lessons"), _matter("", "tipoffs"), _matter("", "tipoff-batches"),
        _matter("", "returns"), _matter("", "forecasts"), _matter("", "warnings"),
        _matter(""), _matter("", "tasks"), _matter("", "gaps"), _matter("", "letters"), _matter("", "campaigns"),
        _matter("", "meetings"), _matter("", "visits"),
    ],
    **{
        f"instruments/<uuid:uid>/{pattern}": [_by("/instruments/", lambda side: side.numbers("instruments"), f"/{ending}")]
        for pattern, ending in (
            ("", ""), ("paper.<instrument_file:ending>", "paper.pdf"), ("sign/", "sign/"), ("draw/", "draw/"),
            ("refuse/", "refuse/"), ("serve/", "serve/"), ("void/", "void/"), ("consent/", "consent/"),
        )
    },
    "instruments/dossiers/<uuid:uid>/": [_by("/instruments/dossiers/", lambda side: side.numbers("dossiers"), "/")],
    "instruments/dossiers/<uuid:uid>/volume.pdf": [
        _by("/instruments/dossiers/", lambda side: side.numbers("dossiers"), "/volume.pdf")
    ],
    "instruments/new/<slug:plural>/<str:no>/<slug:kind>/": [
        _by("/instruments/new/hazards/", lambda side: side.hazard.no, "/out_of_scope_transfer/", ABSENT["hazards"])
    ],
    "api/v1/instruments/<uid>": [_by("/api/v1/instruments/", lambda side: side.numbers("instruments"), "")],
    "api/v1/instruments/<uid>/paper.<ending>": [
        _by("/api/v1/instruments/", lambda side: side.numbers("instruments"), "/paper.pdf")
    ],
    "archives/<int:year>/<int:agency>/<slug:loop>/<slug:no>/": [
        lambda side: (f"{_archive()}task/{side.task.no}/", f"{_archive()}task/{ABSENT['tasks']}/")
    ],
    "meetings/<str:no>/last-year/": [_matter("last-year/", "meetings")],
    "meetings/<str:no>/last-year/export.xlsx": [_matter("last-year/export.xlsx", "meetings")],
    "lessons/<str:no>/checks.xlsx": [_matter("checks.xlsx", "lessons")],
    "api/v1/accidents/<no>": [_api("", "accidents")],
    "api/v1/lessons/<no>": [_api("", "lessons")],
    **{f"api/v1/{plural}/<no>": [_api("", plural)] for plural in ("returns", "forecasts", "warnings")},
    "api/v1/meetings/<no>": [_api("", "meetings")],
    "api/v1/visits/<no>": [_api("", "visits")],
    "api/v1/inspections/<no>": [_api("", "inspections")],
    **{
        f"inspections/<str:no>/site/{ending}": [_matter(f"site/{ending}", "inspections")]
        for ending in ("", "sync/", "photo/")
    },
    "officers/engagements/<int:pk>/finish/": [
        _by("/officers/engagements/", lambda side: 1, "/finish/", 999_999)
    ],
    "<slug:plural>/<str:no>/files/<uuid:uid>": [lambda side: (
        f"/hazards/{side.hazard.no}/files/{side.photo}", f"/hazards/370403-H2026-999999/files/{side.photo}"
    )],
    "<slug:plural>/<str:no>/sealed/<slug:field>/": [_matter("sealed/reporter/"), _matter("sealed/nothing/")],
    "<slug:plural>/<str:no>/forget-sealed/": [_matter("forget-sealed/")],
    "<slug:plural>/<str:no>/<slug:slug>/": [
        _matter(f"{deed.slug}/", service.loop.plural)
        for service in all_running() if service.loop.plural not in COMMON
        for deed in (service.loop.steps[0], *service.loop.acts[:1], *service.loop.ways_out[:1], _hidden(service.loop))
    ],
    "enterprises/<uuid:uid>/": [_by("/enterprises/", lambda side: side.hazard.object_id, "/")],
    "enterprises/<uuid:uid>/confirm/": [_by("/enterprises/", lambda side: side.hazard.object_id, "/confirm/")],
    "enterprises/<uuid:uid>/merge/": [_by("/enterprises/", lambda side: side.hazard.object_id, "/merge/")],
    "enterprises/<uuid:uid>/amend/": [_by("/enterprises/", lambda side: side.hazard.object_id, "/amend/")],
    "enterprises/<uuid:uid>/reject/": [_by("/enterprises/", lambda side: side.hazard.object_id, "/reject/")],
    "enterprises/<uuid:uid>/details/<slug:kind>/": [
        _by("/enterprises/", lambda side: side.hazard.object_id, "/details/permit/")
    ],
    "enterprises/<uuid:uid>/details/<int:pk>/end/": [
        _by("/enterprises/", lambda side: side.hazard.object_id, "/details/1/end/")
    ],
    "responsibility/approvals/new/": [
        _by("/responsibility/approvals/new/?object=", lambda side: side.hazard.object_id, "")
    ],
    "responsibility/duties/<slug:kind>/<int:pk>/": [_by("/responsibility/duties/post/", _inside, "/", 999_999)],
    "responsibility/duties/<slug:kind>/<int:pk>/new/": [
        _by("/responsibility/duties/post/", _inside, "/new/", 999_999)
    ],
    **{
        f"responsibility/duties/<int:pk>/{ending}/": [
            _by("/responsibility/duties/", lambda side: 1, f"/{ending}/", 999_999)
        ]
        for ending in ("reword", "end", "confirm")
    },
    **{
        f"responsibility/duties/enterprises/<uuid:uid>/{pattern}": [
            _by("/responsibility/duties/enterprises/", lambda side: side.hazard.object_id, f"/{ending}")
        ]
        for pattern, ending in (
            ("", ""), ("posts/new/", "posts/new/"), ("roles/new/", "roles/new/"), ("items/<int:item>/", "items/1/"),
        )
    },
    **{
        f"responsibility/duties/enterprises/{kind}/<int:pk>/end/": [
            _by(f"/responsibility/duties/enterprises/{kind}/", lambda side: 1, "/end/", 999_999)
        ]
        for kind in ("posts", "roles")
    },
    **{
        f"responsibility/lists/<int:pk>/{ending}": [
            _by("/responsibility/lists/", lambda side: 1, f"/{ending}", 999_999)
        ]
        for ending in ("", "publish/", "paper.docx", "export.xlsx")
    },
    "responsibility/naming/<slug:kind>/<int:pk>/": [
        _by("/responsibility/naming/pairing/", lambda side: side.pairing, "/", 999_999)
    ],
    "responsibility/naming/<slug:kind>/<int:pk>/end/": [
        _by("/responsibility/naming/pairing/", lambda side: side.pairing, "/end/", 999_999)
    ],
    "enterprises/decisions/<int:pk>/undo/": [
        _by("/enterprises/decisions/", lambda side: side.decision.pk, "/undo/", 999_999)
    ],
    "enterprises/towns/<int:pk>/reject/": [
        _by("/enterprises/towns/", lambda side: side.region.pk, "/reject/", 999_999)
    ],
    "enterprises/sectors/waiting/<int:pk>/decide/": [
        _by("/enterprises/sectors/waiting/", lambda side: side.word.pk, "/decide/", 999_999)
    ],
    "enterprises/sectors/waiting/<int:pk>/dismiss/": [
        _by("/enterprises/sectors/waiting/", lambda side: side.word.pk, "/dismiss/", 999_999)
    ],
    "enterprises/sectors/waiting/<int:pk>/hand-over/": [
        _by("/enterprises/sectors/waiting/", lambda side: side.word.pk, "/hand-over/", 999_999)
    ],
    "enterprises/towns/<int:pk>/confirm/": [_by("/enterprises/towns/", lambda side: side.region.pk, "/confirm/", 999_999)],
    "enterprises/towns/<int:pk>/merge/": [_by("/enterprises/towns/", lambda side: side.region.pk, "/merge/", 999_999)],
    "weekly/<str:no>/file/": [_matter("file/", "weekly")],
    "weekly/<str:no>/correct/": [_matter("correct/", "weekly")],
    "weekly/<str:no>/form.<weekly_file:ending>": [_matter("form.xlsx", "weekly")],
    "weekly/<str:no>/changes/": [_matter("changes/", "weekly")],
    "weekly/<str:no>/editions/<int:edition>/": [_matter("editions/1/", "weekly")],
    "api/v1/weekly/<no>": [_api("", "weekly")],
    "filings/<uuid:uid>/": [_by("/filings/", lambda side: side.filing.uid, "/")],
    "filings/<uuid:uid>/nil/": [_by("/filings/", lambda side: side.filing.uid, "/nil/")],
    "filings/<uuid:uid>/waive/": [_by("/filings/", lambda side: side.filing.uid, "/waive/")],
    "notices/<int:notice>/read/": [_by("/notices/", lambda side: side.notice.pk, "/read/", 999_999)],
    "reports/<slug:no>/": [_report("/")],
    "reports/<slug:no>/write/": [_report("/write/")],
    "reports/<slug:no>/template/": [_report("/template/")],
    "reports/<slug:no>/issues/<int:ordinal>/figures.pdf": [_report("/issues/1/figures.pdf")],
    "reports/<slug:no>/proof/": [_report("/proof/")],
    "reports/<slug:no>/issue/": [_report("/issue/")],
    "reports/<slug:no>/last-year/": [_report("/last-year/")],
    "reports/<slug:no>/issues/<int:ordinal>/": [_report("/issues/1/")],
    "reports/<slug:no>/issues/<int:ordinal>/changes/": [_report("/issues/1/changes/")],
    "reports/<slug:no>/issues/<int:ordinal>/paper.<paper:ending>": [_report("/issues/1/paper.pdf")],
    "reports/printouts/<uuid:uid>/": [_by("/reports/printouts/", lambda side: side.printout.uid, "/")],
    "reports/printouts/<uuid:uid>/paper.<paper:ending>": [
        _by("/reports/printouts/", lambda side: side.printout.uid, "/paper.docx")
    ],
    **{
        f"imports/<uuid:uid>/{ending}": [_by("/imports/", lambda side: side.batch.pk, f"/{ending}")]
        for ending in ("", "progress/", "confirm/", "headings/", "namesakes/", "again/", "errors.xlsx")
    },
    "api/v1/enterprises/<ref>": [_by("/api/v1/enterprises/", lambda side: side.hazard.object_id, "")],
    **{
        f"api/v1/enterprises/<ref>/{pattern}": [
            _by("/api/v1/enterprises/", lambda side: side.hazard.object_id, f"/{ending}")
        ]
        for pattern, ending in (
            ("amend", "amend"), ("<step>", "confirm"), ("details/new", "details/new"),
            ("details/<number>/end", "details/1/end"),
        )
    },
    "api/v1/hazards/<no>": [_api("")],
    "api/v1/tasks/<no>": [_api("", "tasks")],
    "api/v1/gaps/<no>": [_api("", "gaps")],
    "api/v1/letters/<no>": [_api("", "letters")],
    r"^letters/(?P<no>[^/]+)/paper\.(?P<ending>docx|pdf)$": [_matter("paper.docx", "letters")],
    "api/v1/campaigns/<no>": [_api("", "campaigns")],
    "api/v1/milestones/<no>": [_api("", "milestones")],
    "papers/<str:no>/": [_matter("", "papers")],
    "papers/<str:no>/split/": [_matter("split/", "papers")],
    "papers/<str:no>/split/<slug:slug>/": [_matter("split/drop-item/", "papers")],
    "api/v1/papers/<no>": [_api("", "papers")],
    "api/v1/crackdown/<no>": [_api("", "crackdown")],
    "api/v1/tipoffs/<no>": [_api("", "tipoffs")],
    "api/v1/tipoff-batches/<no>": [_api("", "tipoff-batches")],
    "api/v1/tipoff-batches/<no>/read-sealed": [_api("/read-sealed", "tipoff-batches")],
    "api/v1/tipoff-batches/<no>/forget-sealed": [_api("/forget-sealed", "tipoff-batches")],
    "tipoff-batches/<str:no>/receipt/": [_matter("receipt/", "tipoff-batches")],
    "api/v1/cases/<no>": [_api("", "cases")],
    "api/v1/measures/<no>": [_api("", "measures")],
    "api/v1/supply-failures/<no>": [_api("", "supply-failures")],
    "measures/suppliers/<int:pk>/end/": [_by("/measures/suppliers/", lambda side: 1, "/end/", 999_999)],
    "api/v1/plans/<no>": [_api("", "plans")],
    "api/v1/draws/<no>": [_api("", "draws")],
    "api/v1/rounds/<no>": [_api("", "rounds")],
    "plans/<str:no>/lines/": [_matter("lines/", "plans")],
    "draws/<str:no>/live/": [_matter("live/", "draws")],
    "draws/<str:no>/replay/": [_matter("replay/", "draws")],
    "draws/<str:no>/lists.json": [_matter("lists.json", "draws")],
    "crackdown/sweeps/<uuid:uid>/": [_by("/crackdown/sweeps/", lambda side: NOBODY, "/")],
    "crackdown/sweeps/<uuid:uid>/unswept.<str:ending>": [_by("/crackdown/sweeps/", lambda side: NOBODY, "/unswept.docx")],
    "crackdown/sweeps/<uuid:uid>/<int:village>/<slug:kind>/": [
        _by("/crackdown/sweeps/", lambda side: NOBODY, "/1/brickyard/")
    ],
    "crackdown/pledges/<int:pk>/sign/": [_by("/crackdown/pledges/", lambda side: 1, "/sign/", 999_999)],
    "cases/scores/<slug:kind>/<int:key>/": [_by("/cases/scores/unit/", lambda side: 1, "/", 999_999)],
    "api/v1/hazards/<no>/read-sealed": [_api("/read-sealed")],
    "api/v1/accidents/<no>/read-sealed": [_api("/read-sealed", "accidents")],
    "api/v1/accidents/<no>/forget-sealed": [_api("/forget-sealed", "accidents")],
    "api/v1/hazards/<no>/forget-sealed": [_api("/forget-sealed")],
    "api/v1/<plural>/<no>/files/<uid>": [lambda side: (
        f"/api/v1/hazards/{side.hazard.no}/files/{side.photo}", f"/api/v1/hazards/370403-H2026-999999/files/{side.photo}"
    )],
    **{
        f"api/v1/{service.loop.plural}/<no>/{deed.slug}": [_api(f"/{deed.slug}", service.loop.plural)]
        for service in all_running() if service.loop.plural not in COMMON
        for deed in service.loop.deeds if deed.shown
    },
}  # fmt: skip

OFFICES: dict[str, Addresses] = {
    "record/": _searched("/record/"),
    "record/verify/": _plain("/record/verify/"),
    "record/verification/": _plain("/record/verification/"),
    "record/entries/<uuid:matter>/<int:seq>/": lambda side: [f"/record/entries/{side.hazard.uid}/1/"],
    "record/seals/<int:number>/": _plain("/record/seals/1/"),
    "officers/": _searched("/officers/"),
    **{
        f"officers/{ending}": _plain(f"/officers/{ending}")
        for ending in (
            "new/",
            "untold/",
            "recusals/new/",
            "advisors/",
            "advisors/new/",
            "engagements/new/",
        )
    },
    "officers/<int:pk>/revoke/": _plain("/officers/1/revoke/"),
    "officers/recusals/<int:pk>/lift/": _plain("/officers/recusals/1/lift/"),
    "officers/advisors/<int:pk>/revoke/": _plain("/officers/advisors/1/revoke/"),
    "enterprises/sectors/<slug:code>/words/new/": _plain("/enterprises/sectors/construction/words/new/"),
    "enterprises/sectors/<slug:code>/words/<int:pk>/drop/": _plain(
        "/enterprises/sectors/construction/words/1/drop/"
    ),
    **{
        f"api/v1/{service.loop.plural}/new/{opening.slug}": _plain(
            f"/api/v1/{service.loop.plural}/new/{opening.slug}"
        )
        for service in all_running()
        for opening in [one for one in service.loop.openings if one.shown][1:]
    },
    "archives/<int:year>/<int:agency>/pack/": lambda _: [f"{_archive()}pack/"],
    "api/v1/report-templates": _plain("/api/v1/report-templates"),
    "api/v1/report-templates/<kind>": _plain("/api/v1/report-templates/half-year"),
    "reports/templates/": _plain("/reports/templates/"),
    **{
        f"reports/templates/<slug:kind>/{pattern}": _plain(f"/reports/templates/half-year/{ending}")
        for pattern, ending in (
            ("", ""),
            ("edit/", "edit/"),
            ("release/", "release/"),
            ("versions/<int:ordinal>/", "versions/1/"),
            ("versions/<int:ordinal>/use/", "versions/1/use/"),
        )
    },
    "tipoffs/register/": _plain("/tipoffs/register/"),
    "tipoffs/poster/": _plain("/tipoffs/poster/"),
    "tipoffs/poster.pdf": _plain("/tipoffs/poster.pdf"),
    "campaigns/names/": _plain("/campaigns/names/"),
    "rounds/templates/": _plain("/rounds/templates/"),
    "rounds/templates/new/": _plain("/rounds/templates/new/"),
    "rounds/templates/<slug:code>/": _plain("/rounds/templates/gas_users/"),
    "rounds/templates/<slug:code>/end/": _plain("/rounds/templates/gas_users/end/"),
    "programmes/new/": _plain("/programmes/new/"),
    "programmes/<int:pk>/end/": _plain("/programmes/1/end/"),
    "instruments/kinds/": _plain("/instruments/kinds/"),
    "instruments/organs/": _plain("/instruments/organs/"),
    "instruments/organs/<int:pk>/": _plain("/instruments/organs/1/"),
    "checklists/": _plain("/checklists/"),
    "checklists/new/": _plain("/checklists/new/"),
    "checklists/<slug:code>/": _plain("/checklists/fire/"),
    "checklists/<slug:code>/versions/new/": _plain("/checklists/fire/versions/new/"),
    "checklists/<slug:code>/<int:number>.<str:ending>": _plain("/checklists/fire/1.docx"),
    "checklists/<slug:code>/<int:number>/items/new/": _plain("/checklists/fire/1/items/new/"),
    "checklists/<slug:code>/<int:number>/end/": _plain("/checklists/fire/1/end/"),
    "checklists/<slug:code>/<int:number>/<slug:key>/": _plain("/checklists/fire/1/FI-01/"),
    "checklists/<slug:code>/<int:number>/<slug:key>/drop/": _plain("/checklists/fire/1/FI-01/drop/"),
    "economy/": _plain("/economy/"),
    "economy/new/": _plain("/economy/new/"),
    "economy/<int:pk>/": _plain("/economy/1/"),
    "api/v1/economy": _plain("/api/v1/economy"),
    "api/v1/checklists": _plain("/api/v1/checklists"),
    "api/v1/checklists/<code>": _plain("/api/v1/checklists/fire"),
    "windows/year/": _plain("/windows/year/"),
    "windows/<str:no>/summary/": _plain("/windows/370403-W2026-000001/summary/"),
    "windows/<str:no>/summary.docx": _plain("/windows/370403-W2026-000001/summary.docx"),
    "api/v1/windows/<no>": _plain("/api/v1/windows/370403-W2026-000001"),
    **{
        f"api/v1/{service.loop.plural}/<no>/{deed.slug}": _plain(
            f"/api/v1/{service.loop.plural}/370403-W2026-000001/{deed.slug}"
        )
        for service in all_running()
        if service.loop.plural in COMMON
        for deed in service.loop.deeds
        if deed.shown
    },
    "crackdown/sweeps/new/": _plain("/crackdown/sweeps/new/"),
    "measures/suppliers/new/": _plain("/measures/suppliers/new/"),
    "crackdown/pledges/list/": _plain("/crackdown/pledges/list/"),
    "crackdown/pledges/groups/new/": _plain("/crackdown/pledges/groups/new/"),
    "crackdown/names/<slug:family>/": _plain("/crackdown/names/rule/"),
    "crackdown/explosives/records/new/": _plain("/crackdown/explosives/records/new/"),
    "crackdown/explosives/limits/new/": _plain("/crackdown/explosives/limits/new/"),
    "crackdown/links/new/": _plain("/crackdown/links/new/"),
    "papers/new/take-in/": _plain("/papers/new/take-in/"),
    "letters/bulk/": _plain("/letters/bulk/"),
    "weekly/setting/": _plain("/weekly/setting/"),
    "weekly/setting/template/": _plain("/weekly/setting/template/"),
    "weekly/setting/units/": _plain("/weekly/setting/units/"),
    "weekly/setting/units/<int:pk>/release/": _plain("/weekly/setting/units/1/release/"),
    "responsibility/duties/adopt/": _plain("/responsibility/duties/adopt/"),
    "responsibility/duties/rules/new/": _plain("/responsibility/duties/rules/new/"),
    "responsibility/duties/staffing/<int:pk>/": _plain("/responsibility/duties/staffing/1/"),
    "responsibility/duties/enterprises/sets/": _plain("/responsibility/duties/enterprises/sets/"),
    "responsibility/lists/new/": _plain("/responsibility/lists/new/"),
    **{
        f"responsibility/committees/{pattern}": _plain(f"/responsibility/committees/{ending}")
        for pattern, ending in (
            ("new/", "new/"),
            ("samplings/", "samplings/"),
            ("samplings/draw/", "samplings/draw/"),
            ("samplings/<int:pk>/score/", "samplings/1/score/"),
            ("<int:pk>/", "1/"),
            ("<int:pk>/seats/new/", "1/seats/new/"),
            ("<int:pk>/leaders/new/", "1/leaders/new/"),
            ("<int:pk>/lines/new/", "1/lines/new/"),
            ("seats/<int:pk>/end/", "seats/1/end/"),
            ("leaders/<int:pk>/end/", "leaders/1/end/"),
            ("lines/<int:pk>/report/", "lines/1/report/"),
        )
    },
    **{
        f"responsibility/priorities/{pattern}": _plain(f"/responsibility/priorities/{ending}")
        for pattern, ending in (
            ("new/", "new/"),
            ("<int:pk>/", "1/"),
            ("<int:pk>/debrief.docx", "1/debrief.docx"),
            ("items/<int:pk>/end/", "items/1/end/"),
        )
    },
    "responsibility/network/": _plain("/responsibility/network/"),
    "responsibility/network/export.xlsx": _plain("/responsibility/network/export.xlsx"),
    "responsibility/regulators/": _plain("/responsibility/regulators/"),
    "responsibility/regulators/<slug:code>/": _plain("/responsibility/regulators/construction/"),
    "responsibility/regulators/<slug:code>/new/": _plain("/responsibility/regulators/construction/new/"),
    "responsibility/regulators/<slug:code>/<int:pk>/end/": _plain(
        "/responsibility/regulators/construction/1/end/"
    ),
    "responsibility/naming/<slug:kind>/new/": _plain("/responsibility/naming/area/new/"),
    "setup/": _plain("/setup/"),
    "setup/<slug:kind>.xlsx": _plain("/setup/regions.xlsx"),
    "imports/templates/<slug:kind>.xlsx": _plain("/imports/templates/hazards.xlsx"),
    "imports/headings/new/": _plain("/imports/headings/new/"),
    "imports/headings/<int:pk>/forget/": _plain("/imports/headings/1/forget/"),
    "filings/remind/": _plain("/filings/remind/"),
    "three-lists/print/": _plain("/three-lists/print/"),
    "notices/read/": _plain("/notices/read/"),
    "people/": _searched("/people/"),
    "policies/": _plain("/policies/"),
    "policies/<str:key>/": _plain("/policies/hazard.assign_days/"),
    "policies/<str:key>/set/": _plain("/policies/hazard.assign_days/set/"),
    "people/suggest/": _searched("/people/suggest/"),
    "people/accounts/new/": _plain("/people/accounts/new/"),
    "people/persons/<int:pk>/": lambda side: [f"/people/persons/{side.tenure.person_id}/"],
    "people/persons/<int:pk>/account/": lambda side: [f"/people/persons/{side.tenure.person_id}/account/"],
    "people/persons/<int:pk>/close/": lambda side: [f"/people/persons/{side.tenure.person_id}/close/"],
    "people/persons/<int:pk>/reopen/": lambda side: [f"/people/persons/{side.tenure.person_id}/reopen/"],
    "people/persons/<int:pk>/reset-password/": lambda side: [
        f"/people/persons/{side.tenure.person_id}/reset-password/"
    ],
    "people/persons/<int:pk>/revoke-key/": lambda side: [
        f"/people/persons/{side.tenure.person_id}/revoke-key/"
    ],
    "people/tokens/<int:pk>/revoke/": _plain("/people/tokens/1/revoke/"),
    "people/posts/new/": _plain("/people/posts/new/"),
    "people/posts/<int:pk>/": lambda side: [f"/people/posts/{side.tenure.post_id}/"],
    "people/posts/<int:pk>/begin/": lambda side: [f"/people/posts/{side.tenure.post_id}/begin/"],
    "people/tenures/<int:pk>/end/": lambda side: [f"/people/tenures/{side.tenure.pk}/end/"],
}

DONE_IN_SILENCE = {"notices/<int:notice>/read/"}
"""Answers the same whether it did anything or not; that it did not is looked at afterwards."""

WITH_EXAMPLES = {"setup/<slug:kind>.xlsx", "imports/templates/<slug:kind>.xlsx"}
"""Empty workbooks; the name of an enterprise in them is an example."""

ALIKE_DEEDS = {"<slug:plural>/<str:no>/<slug:slug>/"} | {
    f"api/v1/{service.loop.plural}/<no>/{deed.slug}"
    for service in all_running()
    for deed in service.loop.deeds[1:]
}
"""Made from one function; that they answer for absent ones alike is tried with the first of them."""

SAID = {"version": 1, "field": "reporter", "reason": "核实现场情况"}

AUDITORS_OWN = ("record/",)
"""Where the audit administrator reads the record itself; nobody else is let in."""

DOORS = {
    "healthz", "sign-in/", "sign-out/", "password/", "api/v1/openapi.json", "api/v1/", "api/<path:rest>",
    "api/v1/attachments", "metrics", "disclosure/", "disclosure/decisions.json", "disclosure/draws/", "disclosure/draws.json",
    "report/", "report/photos/", "report/progress/",
}  # fmt: skip


OPEN = (
    "/healthz",
    "/metrics",
    "/sign-in/",
    "/password/",
    "/api/v1/openapi.json",
    "/api/v1/",
    "/api/v1/x/y",
    "/api/nothing",
)


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLResolver):
            yield from routes(item, before + str(item.pattern))
        elif isinstance(item, URLPattern):
            yield before + str(item.pattern)


def test_every_address_is_classified() -> None:
    known = {*LISTS, *ONE, *OFFICES, *DOORS}
    unknown = sorted(set(routes()) - known)
    assert not unknown, (
        f"say in tests/contracts/test_doors.py who may open these, and what they must not show: {unknown}"
    )
    assert not sorted(known - set(routes())), "these addresses are gone"


class Answer:
    """What came back, read to its end: the words of a page, or all cells of a workbook."""

    def __init__(self, response: Any) -> None:
        content = b"".join(response.streaming_content) if response.streaming else response.content
        self.status, headers = response.status_code, response.headers
        self.url = headers.get("Location") or headers.get("HX-Redirect", "")
        self.text = _cells(content) if content[:2] == b"PK" else content.decode(errors="replace")


def _cells(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if "word/document.xml" in packed.namelist():
            return re.sub(r"<[^>]+>", "", packed.read("word/document.xml").decode())
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


@dataclass
class Visitor:
    """A user with a browser and a token."""

    client: Client
    bearer: dict[str, str]

    def get(self, address: str) -> Answer:
        return Answer(self.client.get(address, headers=self._headers(address)))

    def post(self, address: str) -> Answer:
        if not address.startswith("/api/"):
            return Answer(self.client.post(address))
        return Answer(self.client.post(address, SAID, content_type="application/json", headers=self.bearer))

    def ways(self, pattern: str) -> list[Callable[[str], Answer]]:
        """How an address of this pattern is tried; a deed of the API only by POST, it knows nothing else."""
        return [self.post] if pattern in ALIKE_DEEDS and pattern.startswith("api/") else [self.get, self.post]

    def _headers(self, address: str) -> dict[str, str]:
        return self.bearer if address.startswith("/api/") else {}


def visitor(world: World, sign_in: SignIn, who: str) -> Visitor:
    return Visitor(sign_in(who), {"Authorization": f"Bearer {issue_token(world.user(who), scope='sign')}"})


def _outsiders() -> list[tuple[str, str]]:
    pairs = [(name, "west") for name in (*BEYOND_WEST, *BEYOND_BOTH)]
    return [*pairs, *((name, "east") for name in BEYOND_EAST)]


def test_every_role_is_tried(world: World, hidden: Hidden) -> None:
    assert {*BEYOND_WEST, *BEYOND_EAST, *BEYOND_BOTH, *DISTRICT_WIDE} | ALIKE == set(world.users)
    tried = {role for name in set(world.users) - ALIKE for role in world.actor(name).roles}
    assert tried == set(Role)


@pytest.mark.parametrize(("who", "side"), _outsiders())
def test_what_is_not_theirs_is_on_no_list(
    world: World, hidden: Hidden, sign_in: SignIn, who: str, side: str
) -> None:
    foreign: Side = getattr(hidden, side)
    me = visitor(world, sign_in, who)
    for addresses in LISTS.values():
        for address in addresses(foreign):
            answer = me.get(address)
            assert answer.status in (200, 302, 403, 404, 422), (address, answer.status)
            _tells_nothing(address, answer.text, foreign)


@pytest.mark.parametrize(("who", "side"), _outsiders())
def test_what_is_not_theirs_is_absent(
    world: World, hidden: Hidden, sign_in: SignIn, who: str, side: str
) -> None:
    foreign: Side = getattr(hidden, side)
    me = visitor(world, sign_in, who)
    for pattern, pairs in ONE.items():
        for here, nowhere in (pair(foreign) for pair in pairs):
            for ask in me.ways(pattern):
                answer = ask(here)
                assert answer.status in (403, 404, 405) or pattern in DONE_IN_SILENCE, (here, answer.status)
                asked = (foreign.hazard.no, foreign.task.no, foreign.report.no)
                _tells_nothing(
                    here, reduce(lambda text, no: text.replace(no, ""), asked, answer.text), foreign
                )
                if pattern not in ALIKE_DEEDS:
                    assert ask(nowhere).status == answer.status, here
    assert Task.objects.get(pk=foreign.task.pk).version == foreign.task.version
    assert foreign.hazard.version == Hazard.objects.get(pk=foreign.hazard.pk).version
    assert Notice.objects.get(pk=foreign.notice.pk).read_at is None


def _tells_nothing(address: str, text: str, foreign: Side) -> None:
    asked = address.partition("q=")[2]
    for words in foreign.telltales:
        assert words not in (text.replace(asked, "") if asked else text), (address, words)


@pytest.mark.parametrize(
    "who", ["clerk_east", "builder", "safety", "grid", "postless", *BEYOND_BOTH, *DISTRICT_WIDE]
)
def test_offices_open_to_their_holders_and_show_no_matter(
    world: World, hidden: Hidden, sign_in: SignIn, who: str
) -> None:
    me, roles = visitor(world, sign_in, who), world.actor(who).roles
    foreign = hidden.east if who in BEYOND_EAST else hidden.west
    for pattern, addresses in OFFICES.items():
        for address in addresses(foreign):
            answer = me.get(address)
            assert answer.status in (200, 302, 403, 404, 405), (address, answer.status)
            if pattern.startswith(("people/", "record/")) and not roles & ADMIN_ROLES:
                assert answer.status in (403, 405), (address, answer.status)
            if (
                who in DISTRICT_WIDE
                or pattern in WITH_EXAMPLES
                or (pattern.startswith(AUDITORS_OWN) and who == "auditor")
            ):
                continue
            _tells_nothing(address, answer.text, foreign)


@pytest.mark.parametrize("who", DISTRICT_WIDE)
def test_who_sees_the_whole_district_is_not_turned_away_by_mistake(
    world: World, hidden: Hidden, sign_in: SignIn, who: str
) -> None:
    me = visitor(world, sign_in, who)
    for side in (hidden.east, hidden.west):
        assert me.get(f"/hazards/{side.hazard.no}/").status == 200
        assert me.get(f"/hazards/{side.hazard.no}/files/{side.photo}").status == 200
        assert me.get(f"/api/v1/hazards/{side.hazard.no}").status == 200
        assert side.hazard.no in me.get("/hazards/export.xlsx").text
        assert side.hazard.no in me.get(f"/hazards/?q={side.hazard.description[:3]}").text
    for addresses in LISTS.values():
        for address in addresses(hidden.west):
            assert me.get(address).status in (200, 302, 403, 404, 422), address


def test_a_stranger_is_led_to_the_door_or_refused(hidden: Hidden) -> None:
    client = Client()
    pages = [address for made in {**LISTS, **OFFICES}.values() for address in made(hidden.west)]
    pages += [pair(hidden.west)[0] for pairs in ONE.values() for pair in pairs]
    for address in pages:
        for ask in (client.get, client.post):
            answer = Answer(ask(address))
            if address.startswith("/api/"):
                assert answer.status in (401, 405), (address, answer.status)
            elif answer.status == 200:
                assert (answer.text, answer.url) == ("", address.removesuffix("progress/")), address
            elif answer.status == 302:
                assert answer.url.startswith("/sign-in/"), (address, answer.url)
            else:
                assert answer.status in (403, 405), (address, answer.status)
            assert hidden.west.hazard.description not in answer.text


def test_open_doors_show_nothing(hidden: Hidden) -> None:
    client = Client()
    for address in OPEN:
        answer = Answer(client.get(address))
        assert answer.status in (200, 302, 401, 404, 405)
        _tells_nothing(address, answer.text, hidden.west)
    upload = client.post("/api/v1/attachments", {"matter": str(hidden.west.hazard.uid)})
    assert upload.status_code == 401
