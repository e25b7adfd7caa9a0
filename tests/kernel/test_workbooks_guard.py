"""Hostile and broken files are refused in words before anything parses them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from bihuan.capabilities.hazards.ledger import parsing as ledger
from bihuan.kernel.clock import today
from bihuan.kernel.errors import Refused
from bihuan.kernel.workbooks import guard, parsing


def _book(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["企业名称", "隐患描述", "发现日期"])
    book.save(path)
    return path


def _code(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        guard.inspect(path)
    (failure,) = caught.value.failures
    assert "，" in failure.message
    return failure.code


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_a_workbook_passes(tmp_path: Path) -> None:
    assert guard.inspect(_book(tmp_path / "a.xlsx")).form == "xlsx"


def test_an_empty_a_web_page_and_a_text_file_are_refused(tmp_path: Path) -> None:
    for content, code in (
        (b"", "empty"),
        (b"\n<html><table>", "web_page"),
        ("企业,隐患".encode(), "not_a_workbook"),
    ):
        path = tmp_path / "a.xls"
        path.write_bytes(content)
        assert _code(path) == f"workbook.{code}"


def test_the_ceilings_are_what_was_promised() -> None:
    """The other tests lower them to be quick."""
    assert guard.MOST_UNPACKED == 200 * 1024 * 1024
    assert guard.MOST_RATIO <= 200


def test_a_file_over_the_size_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_BYTES", 100)
    assert _code(_book(tmp_path / "a.xlsx")) == "workbook.too_large"


def test_an_encrypted_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    assert _code(path) == "workbook.encrypted"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": b" " * (guard.RATIO_FROM + 1)})
    assert _code(path) == "workbook.bomb"


def test_too_much_to_unpack_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_UNPACKED", 1_000)
    assert _code(_book(tmp_path / "a.xlsx")) == "workbook.unpacks_too_large"


def test_a_directory_that_lies_about_sizes_does_not_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MOST_UNPACKED", 2_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(range(256)) * 40)
    content = stream.getvalue()
    true, lie = (10_240).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert content.count(true) == 2
    path = tmp_path / "a.xlsx"
    path.write_bytes(content.replace(true, lie))
    assert _code(path) in ("workbook.unpacks_too_large", "workbook.damaged")


def test_too_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_PARTS", 3)
    assert _code(_book(tmp_path / "a.xlsx")) == "workbook.too_many_parts"


@pytest.mark.parametrize(
    "head", [b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]>', "<?xml".encode("utf-16")]
)
def test_entity_declarations_are_refused(tmp_path: Path, head: bytes) -> None:
    assert _code(_zip(tmp_path / "a.xlsx", {"xl/workbook.xml": head + b"<a/>"})) == "workbook.declarations"


def test_a_declaration_across_two_pieces_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_CHUNK", 7)
    path = _zip(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<?xml version='1.0'?>  <!DOCTYPE a>"})
    assert _code(path) == "workbook.declarations"


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-200])
    assert _code(path) == "workbook.damaged"


def _parse(path: Path, **limits: int) -> dict[str, object]:
    return parsing.parse(
        ledger.PARSER, path, path.with_suffix(".rows"), ledger.options(today(), {}), **limits
    )


def test_a_file_without_a_heading_is_refused_with_what_is_needed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Refused, match="『隐患描述』") as caught:
        _parse(tmp_path / "a.xlsx")
    assert caught.value.failures[0].code == "workbook.no_heading"


def test_memory_ends_the_parsing_process_not_ours(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["企业名称", "隐患描述", "发现日期"])
    sheet["XFD1048576"] = "远"
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(Refused) as caught:
        _parse(tmp_path / "far.xlsx", memory=256 * 1024 * 1024)
    assert caught.value.failures[0].code == "workbook.too_much"


def test_a_crashing_parser_becomes_a_sentence(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx")
    with pytest.raises(Refused) as caught:
        parsing.parse("bihuan.kernel.workbooks.text:narrow", path, tmp_path / "out", {})
    assert caught.value.failures[0].code == "workbook.unreadable"


def test_the_parsing_process_gets_no_address_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://x")
    monkeypatch.setenv("BIHUAN_DATA", "/somewhere")
    assert not {"DATABASE_URL", "BIHUAN_DATA"} & set(parsing._environment())
