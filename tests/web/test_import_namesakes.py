"""A namesake in a workbook of people waits beside the preview until somebody says who is meant."""

from __future__ import annotations

import io

import openpyxl

from bihuan.kernel.people.models import Person, Tenure
from bihuan.kernel.workbooks import importers
from tests.web.conftest import SignIn
from tests.web.imports import taken, work
from tests.world import World


def workbook(**row: str) -> bytes:
    out = io.BytesIO()
    importers.write_template("people", out)
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    for column, heading in enumerate([cell.value for cell in sheet[1]], 1):
        sheet.cell(3, column).value = row.get(str(heading))
    filled = io.BytesIO()
    book.save(filled)
    return filled.getvalue()


def test_the_choice_beside_the_preview_decides(world: World, sign_in: SignIn) -> None:
    known = world.user("builder").person
    content = workbook(姓名=known.name, 岗位="值班员", 角色="部门监管人员", 单位="区应急管理局")
    client = sign_in("security_admin")
    batch = taken(client, content, kind="people", name="人员.xlsx")
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "同名的人" in page
    assert "区住房和城乡建设局 质安科科长" in page
    for choice in ("999999", str(world.user("grid").person_id)):
        client.post(f"/imports/{batch.pk}/namesakes/", {"namesake-0": choice})
        assert work() == 0
    client.post(f"/imports/{batch.pk}/namesakes/", {"namesake-0": str(known.pk)})
    assert work() == 1
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "同名的人" not in page
    client.post(f"/imports/{batch.pk}/confirm/", {"mode": "all"})
    assert work() == 1
    assert Person.objects.filter(name=known.name).count() == 1
    assert Tenure.objects.filter(person=known, post__title="值班员").exists()
