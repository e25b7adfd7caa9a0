"""Photos and papers: what is kept, what is stripped, what is refused."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zipfile
import zlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from PIL import ExifTags, Image

from bihuan.kernel import clock
from bihuan.kernel.attachments import files, keeping, quotas
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor

pytestmark = pytest.mark.django_db
SOMEBODY = Actor(7, 7, "王检查")
MATTER = uuid4()


def photo(shade: int = 0, size: tuple[int, int] = (320, 200), form: str = "JPEG", **more: Any) -> bytes:
    """A picture with contrast, different for every ``shade``."""
    picture = Image.new("RGB", size, "white")
    for step in range(8):
        colour = (shade * 37 + step * step * 11) % 256
        picture.paste(
            (colour, 255 - colour, colour), (step * size[0] // 8, 0, (step + 1) * size[0] // 8, size[1])
        )
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def from_a_phone() -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = "SECRET-PHONE"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = "2023:03:05 14:30:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (34.0, 48.0, 36.0)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (117.0, 15.0, 0.0)
    return photo(exif=exif)


def named(kept: Attachment, seq: int = 2) -> Attachment:
    """As a deed leaves it."""
    keeping.name(kept.matter, [kept.pk], seq)
    kept.refresh_from_db()
    return kept


def code_of(upload: Any, store: Any = keeping.store_image) -> str:
    with pytest.raises(Refused) as refused:
        store(MATTER, "after", upload, SOMEBODY)
    assert not Attachment.objects.exists()
    return refused.value.failures[0].code


def test_time_and_place_are_kept_and_everything_else_stripped() -> None:
    kept = keeping.store_image(MATTER, "before", from_a_phone(), SOMEBODY)
    assert kept.taken_at == datetime(2023, 3, 5, 14, 30, tzinfo=clock.SHANGHAI)
    assert (kept.latitude, kept.longitude) == (34.81, 117.25)
    stored = keeping.content_of(kept)
    assert b"SECRET-PHONE" not in stored
    opened = Image.open(io.BytesIO(stored))
    assert dict(opened.getexif()) == {}
    assert (opened.size, kept.width, kept.height) == ((200, 320), 200, 320)
    assert (kept.uploaded_by, kept.media_type) == ("王检查", "image/jpeg")
    assert bytes(kept.digest) == hashlib.new("sm3", stored).digest()


def test_a_nonsense_camera_clock_is_no_time() -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2093:01:01 00:00:00"
    assert keeping.store_image(MATTER, "before", photo(exif=exif), SOMEBODY).taken_at is None


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_other_picture_formats_become_jpeg(form: str) -> None:
    kept = keeping.store(MATTER, "after", photo(form=form), SOMEBODY)
    assert keeping.content_of(kept).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA", "CMYK", "I;16", "1"])
def test_every_colour_mode_becomes_a_plain_photo(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (64, 48)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    kept = keeping.store_image(MATTER, "after", out.getvalue(), SOMEBODY)
    assert (Image.open(io.BytesIO(keeping.content_of(kept))).mode, kept.likeness) == ("RGB", None)


def test_a_huge_photo_is_scaled_to_what_a_page_needs() -> None:
    kept = keeping.store_image(MATTER, "after", photo(size=(5200, 3900), quality=30), SOMEBODY)
    assert (kept.width, kept.height) == (2560, 1920)


def test_a_program_named_as_a_photo_is_refused() -> None:
    assert code_of(SimpleUploadedFile("整改后.jpg", b"MZ" + b"\0" * 500)) == "attachment.not_an_image"
    assert code_of(b"<html><script>alert(1)</script>") == "attachment.not_an_image"
    assert code_of(b"") == "attachment.empty"


def test_script_hidden_behind_a_picture_does_not_survive() -> None:
    kept = keeping.store_image(MATTER, "after", photo() + b"<script>alert(1)</script>", SOMEBODY)
    assert b"<script>" not in keeping.content_of(kept)


def test_a_decompression_bomb_is_refused_unopened() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    for side in (9_000, 60_000):
        head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        assert code_of(bomb) == "attachment.too_many_pixels"


def test_a_cut_off_photo_is_refused() -> None:
    whole = photo()
    assert code_of(whole[: len(whole) // 2]) == "attachment.damaged"


def test_too_many_bytes_are_refused() -> None:
    assert code_of(photo() + b"\0" * (21 * 1024 * 1024)) == "attachment.too_large"


def office(part: str, *more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"%PDF-1.7\n%...", ".pdf"),
        (office("word/document.xml"), ".docx"),
        (office("xl/workbook.xml"), ".xlsx"),
    ],
)
def test_papers_are_known_by_content_and_renamed_to_it(content: bytes, ending: str) -> None:
    upload = SimpleUploadedFile("../../etc/方案\u202e.exe", content)
    kept = keeping.store(MATTER, "paper", upload, SOMEBODY)
    assert kept.name == "方案" + ending
    assert keeping.content_of(kept) == content


def test_macros_strange_archives_and_programs_are_refused() -> None:
    assert code_of(office("xl/workbook.xml", "xl/vbaProject.bin"), keeping.store) == "attachment.has_macros"
    assert code_of(office("other.xml"), keeping.store) == "attachment.kind_unknown"
    assert code_of(b"PK\x03\x04broken", keeping.store) == "attachment.kind_unknown"
    assert code_of(b"\x7fELF" + b"\0" * 99, keeping.store) == "attachment.kind_unknown"


def test_an_archive_that_unpacks_too_far_is_refused_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", b"\0" * (201 * 1024 * 1024))
    assert code_of(out.getvalue(), keeping.store) == "attachment.unpacks_too_far"


def test_no_name_from_outside_reaches_the_disk(bihuan_data: Path) -> None:
    upload = SimpleUploadedFile("..\\..\\passwd\0.jpg", photo())
    kept = keeping.store_image(MATTER, "after", upload, SOMEBODY)
    stored = [path for path in bihuan_data.rglob("*") if path.is_file()]
    assert stored == [files.path_of(kept.uid)]
    assert stored[0].name == kept.uid.hex
    assert stored[0].stat().st_mode & 0o077 == 0


def test_the_same_photo_elsewhere_is_hinted_even_re_encoded() -> None:
    first = named(keeping.store_image(MATTER, "after", photo(3), SOMEBODY))
    beside = named(keeping.store_image(MATTER, "after", photo(3), SOMEBODY))
    assert keeping.seen_elsewhere([first, beside]) == set()
    again = named(keeping.store_image(uuid4(), "after", photo(3, quality=40), SOMEBODY))
    other = named(keeping.store_image(uuid4(), "after", photo(5), SOMEBODY))
    assert keeping.seen_elsewhere([first, again, other]) == {first.pk, again.pk}
    later = named(keeping.store_image(other.matter, "after", photo(5), SOMEBODY), 4)
    assert keeping.seen_elsewhere([other, later]) == {other.pk, later.pk}


def test_a_superseded_attachment_is_kept_and_readable() -> None:
    old = keeping.store_image(MATTER, "after", photo(1), SOMEBODY)
    new = keeping.store_image(MATTER, "after", photo(2), SOMEBODY)
    named(old), named(new)
    keeping.supersede(old, new)
    assert [item.pk for item in keeping.attachments_of(MATTER)] == [old.pk, new.pk]
    assert keeping.here(MATTER, [str(old.uid), new.uid, "keine"]) == [new]
    assert keeping.content_of(old)
    with pytest.raises(Refused):
        keeping.supersede(old, new)
    with pytest.raises(Refused):
        keeping.supersede(keeping.store_image(uuid4(), "after", photo(4), SOMEBODY), new)


def test_the_database_lets_nobody_delete_or_rewrite_an_attachment() -> None:
    kept = named(keeping.store_image(MATTER, "after", photo(), SOMEBODY))
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.delete()
    for changes in ({"matter": uuid4()}, {"named_seq": None}, {"named_seq": 9}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Attachment.objects.update(**changes)


def test_a_changed_or_missing_file_is_found() -> None:
    good, changed, gone = (keeping.store_image(MATTER, "after", photo(n), SOMEBODY) for n in (1, 2, 3))
    files.path_of(changed.uid).write_bytes(photo(9))
    files.path_of(gone.uid).unlink()
    assert {(fault.attachment.pk, fault.kind) for fault in keeping.check_files()} == {
        (changed.pk, "altered"),
        (gone.pk, "gone"),
    }
    assert keeping.content_of(good)
    for broken in (changed, gone):
        with pytest.raises(Refused):
            keeping.content_of(broken)


def test_only_old_files_without_a_row_are_swept() -> None:
    kept = keeping.store_image(MATTER, "after", photo(), SOMEBODY)
    strays = [UUID(int=1 << 100), UUID(int=1 << 101)]
    for stray in strays:
        files.write(stray, b"left by a failed transaction")
    draft = files.path_of(kept.uid).parent / ".abandoned.part"
    draft.write_bytes(b"half")
    long_ago = (datetime.now() - timedelta(days=3)).timestamp()
    for path in (files.path_of(kept.uid), files.path_of(strays[0]), draft):
        os.utime(path, (long_ago, long_ago))
    assert keeping.sweep_orphans() == 2
    assert keeping.content_of(kept)
    assert (files.path_of(strays[0]).exists(), files.path_of(strays[1]).exists(), draft.exists()) == (
        False,
        True,
        False,
    )


def test_what_no_deed_named_goes_after_a_day_with_its_file() -> None:
    with clock.frozen(clock.now() - timedelta(days=2)):
        loose, kept = (keeping.store_image(MATTER, "after", photo(n), SOMEBODY) for n in (1, 2))
        paper = keeping.keep_own_paper(uuid4(), "issue_1", b"%PDF-1.7 own", SOMEBODY)
    fresh = keeping.store_image(MATTER, "after", photo(3), SOMEBODY)
    named(kept)
    assert keeping.sweep_unnamed() == 1
    assert set(Attachment.objects.values_list("pk", flat=True)) == {kept.pk, paper.pk, fresh.pk}
    assert not files.path_of(loose.uid).exists()
    assert keeping.content_of(kept)
    with pytest.raises(Refused) as refused:
        keeping.name(MATTER, [loose.pk], 3)
    assert refused.value.failures[0].code == "attachment.unknown"
    assert list(keeping.attachments_of(MATTER)) == [kept]


def test_only_its_sender_sees_what_is_not_named_yet() -> None:
    kept = keeping.store_image(MATTER, "after", photo(), SOMEBODY)
    assert keeping.open_to(MATTER, kept.pk, SOMEBODY) == kept
    assert keeping.open_to(MATTER, kept.pk, Actor(8, 8, "另一人")) is None
    assert keeping.open_to(MATTER, kept.pk, Actor.system("demo")) is None
    named(kept)
    assert keeping.open_to(MATTER, kept.pk, Actor(8, 8, "另一人")) == kept


def test_a_day_and_a_matter_hold_so_much_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotas, "DAY_COUNT", 3)
    monkeypatch.setattr(quotas, "MATTER_COUNT", 2)

    def refused(matter: UUID, who: Actor) -> set[str]:
        with pytest.raises(Refused) as refusal:
            keeping.store_image(matter, "after", photo(7), who)
        return {failure.code for failure in refusal.value.failures}

    with clock.frozen(clock.now() - timedelta(days=1)):
        keeping.store_image(uuid4(), "after", photo(9), SOMEBODY)
    for number in (1, 2):
        keeping.store_image(MATTER, "after", photo(number), SOMEBODY)
    assert refused(MATTER, SOMEBODY) == {"attachment.matter_full"}
    assert refused(MATTER, Actor(8, 8, "另一人")) == {"attachment.matter_full"}
    keeping.store_image(uuid4(), "after", photo(3), SOMEBODY)
    assert refused(uuid4(), SOMEBODY) == {"attachment.day_full"}
    assert refused(MATTER, SOMEBODY) == {"attachment.day_full", "attachment.matter_full"}
    monkeypatch.setattr(quotas, "DAY_COUNT", 99)
    monkeypatch.setattr(quotas, "DAY_BYTES", 2_000)
    assert refused(uuid4(), SOMEBODY) == {"attachment.day_full"}
    assert keeping.sweep_orphans(timedelta(0)) == 0
