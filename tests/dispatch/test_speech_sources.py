"""What clerks hand in: encodings recognised, everything else refused in words with a stable code."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from bihuan.capabilities.dispatch.speeches import sources, word_files
from bihuan.capabilities.dispatch.speeches.extraction import extract
from bihuan.kernel.errors import Refused

TEXT = "一、重点任务\n县文旅局要在2023年5月底前更换漂流河段救生设备。"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        sources.read_bytes(content)
    (failure,) = caught.value.failures
    assert failure.field == "file"
    assert failure.message.endswith("。")
    return failure.code


def word(body: str, *, parts: dict[str, bytes] | None = None, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(word_files.BODY, body)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def document(*paragraphs: str) -> str:
    inside = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings_are_recognised(encoding: str, name: str) -> None:
    source = sources.read_bytes(TEXT.encode(encoding))
    assert (source.text, source.form, source.encoding) == (TEXT, "txt", name)


def test_big_endian_with_a_mark_is_recognised() -> None:
    assert sources.read_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "speech.empty"),
        (b" \r\n\t\x00", "speech.empty"),
        (b"%PDF-1.7 \xe4\xe5", "speech.pdf"),
        (b"\x89PNG\r\n", "speech.picture"),
        (b"\xff\xd8\xff\xe0", "speech.picture"),
        (b"{\\rtf1\\ansi", "speech.rich_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "speech.old_word"),
        (b"Rar!\x1a\x07", "speech.archive"),
        (b"<html><body>" + "县文旅局要检查".encode(), "speech.web_page"),
        (b"plain words only", "speech.no_chinese"),
        (b"\x01\x02\x00\x03" * 50, "speech.not_text"),
        (TEXT.encode("utf-16-le"), "speech.not_text"),
        (("安全生產責任重於泰山，各鄉鎮要嚴格落實，開展隱患排查。" * 5).encode("big5"), "speech.encoding"),
        (TEXT.encode("utf-8")[:-4] + b"\xff\xff\xff", "speech.encoding"),
        (b"\xef\xbb\xbf\xff\xfe\xfa", "speech.encoding"),
        ("县".encode() * (5 * 1024 * 1024 // 3), "speech.too_large"),
        (word(document("县文旅局要检查"))[:-30], "speech.damaged"),
        (b"PK\x03\x04" + bytes(100), "speech.damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_a_file_that_is_not_there_and_one_too_large_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有文件"):
        sources.read_file(tmp_path / "没有.txt")
    vast = tmp_path / "vast.docx"
    with vast.open("wb") as file:
        file.truncate(sources.MOST_FILE_BYTES + 1)
    with pytest.raises(Refused, match="MB"):
        sources.read_file(vast)


def test_a_paper_written_by_word_is_read(tmp_path: Path) -> None:
    paper = docx.Document()
    for line in TEXT.split("\n"):
        paper.add_paragraph(line)
    path = tmp_path / "讲话.docx"
    paper.save(str(path))
    source = sources.read_file(path)
    assert (source.text.strip(), source.form) == (TEXT, "docx")


def test_a_task_table_says_who_and_until_when(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("一、任务分工")
    table = paper.add_table(rows=3, cols=3)
    for cell, text in zip(table.rows[0].cells, ("工作任务", "责任单位", "完成时限"), strict=True):
        cell.text = text
    filled = (
        ("更换漂流河段救生设备。", "县文旅局、东湖镇", "2023年5月底前"),
        ("漂流艇编号登记造册", "县交通运输局", "2023年6月9日"),
    )
    for row, texts in zip(table.rows[1:], filled, strict=False):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    path = tmp_path / "分工.docx"
    paper.save(str(path))
    found = extract(sources.read_file(path).text)
    assert [[unit.name for unit in one.lead_units] for one in found] == [
        ["县文旅局", "东湖镇"],
        ["县交通运输局"],
    ]
    assert [str(one.deadline.day) for one in found] == ["2023-05-31", "2023-06-09"]
    assert [one.anchor for one in found] == [texts[0].rstrip("。") for texts in filled]


def test_deleted_text_field_codes_and_fallbacks_are_left_out() -> None:
    run = "<w:r><w:t>县文旅局要检查救生设备</w:t></w:r>"
    body = (
        f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body><w:p>'
        f"{run}<w:del><w:r><w:delText>县水务局</w:delText><w:t>删去</w:t></w:r></w:del>"
        "<w:r><w:instrText>PAGE 第几页</w:instrText></w:r><mc:AlternateContent><mc:Fallback>"
        "<w:r><w:t>重复</w:t></w:r></mc:Fallback></mc:AlternateContent><w:ins><w:r><w:t>和栈道</w:t></w:r></w:ins></w:p>"
        "</w:body></w:document>"
    )
    assert sources.read_bytes(word(body)).text == "县文旅局要检查救生设备和栈道"


def test_hostile_papers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = document("县文旅局要检查")
    declared = f'<!DOCTYPE w [<!ENTITY a "县">]>{fine}'
    assert code_of(word(declared)) == "speech.declarations"
    assert code_of(word(document(" " * (20 * 1024 * 1024)))) == "speech.bomb"
    many = {f"word/media/{number}.png": b"" for number in range(word_files.MOST_PARTS)}
    assert code_of(word(fine, parts=many)) == "speech.too_many_parts"
    deep = "<w:p>" * 400 + "</w:p>" * 400
    assert (
        code_of(word(f'<w:document xmlns:w="{W}"><w:body>{deep}</w:body></w:document>')) == "speech.too_deep"
    )
    assert code_of(word("<w:document")) == "speech.damaged"
    monkeypatch.setattr(word_files, "MOST_BODY", 10)
    assert code_of(word(fine)) == "speech.unpacks_too_large"


def test_a_part_whose_size_lies_is_weighed_by_what_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(word(document("县" * 200_000)))
    directory = content.rfind(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    monkeypatch.setattr(word_files, "MOST_BODY", 1000)
    assert code_of(bytes(content)) in ("speech.unpacks_too_large", "speech.damaged")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/workbook.xml": b"<a/>"}, "speech.workbook"),
        ({"ppt/presentation.xml": b"<a/>"}, "speech.slides"),
        ({"a.txt": b"a"}, "speech.not_word"),
    ],
)
def test_other_zips_are_told_apart(parts: dict[str, bytes], code: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert code_of(buffer.getvalue()) == code
