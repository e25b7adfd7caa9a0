"""What the demo never does: enter a real district, or leave half of itself behind."""

from __future__ import annotations

import psycopg
import pytest

from bihuan import demo
from bihuan.conf.preparing import installation
from bihuan.demo import building
from bihuan.demo.building import Size
from bihuan.founding import found
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.writing import forget_district
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Person
from bihuan.kernel.territory.trees import the_district


@pytest.mark.django_db
def test_a_real_district_is_refused() -> None:
    forget_district()
    found("370403", "薛河区")
    with pytest.raises(Refused) as refusal:
        demo.ensure()
    assert [failure.code for failure in refusal.value.failures] == ["demo.real_district"]
    assert not Person.objects.exists()
    forget_district()


def test_a_database_marked_as_real_is_refused_before_it_has_a_name(
    owner_connection: psycopg.Connection,
) -> None:
    owner_connection.execute(
        "INSERT INTO conf_installation (id, demo, district_code, district_name, made_at)"
        " VALUES (1, false, '', '', now())"
    )
    assert installation() == (False, "", "")
    with pytest.raises(Refused):
        demo.ensure()
    assert the_district() is None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_build_that_is_cut_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_district()

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "read_notices", cut_off)
    with pytest.raises(KeyboardInterrupt):
        demo.ensure(Size(objects=70, accounts=6, hazards=2, ledger_rows=1))
    assert the_district() is None
    assert not SupervisedObject.objects.exists()
    assert not Person.objects.exists()
    forget_district()
