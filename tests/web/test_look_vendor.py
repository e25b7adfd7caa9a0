"""Third-party parts are exactly what the manifest says, and nothing is fetched from anywhere else."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.test import Client

WEB = Path(__file__).parents[2] / "src/bihuan/kernel/web"
VENDOR = WEB / "static/bihuan/vendor"
MANIFEST = json.loads((VENDOR / "MANIFEST.json").read_text(encoding="utf-8"))
FILES = {name: digest for part in MANIFEST for name, digest in part["files"].items()}
ICON = re.compile(r'(?:icon\s+"|icon=")([a-z0-9-]+)"')


def test_every_vendored_file_has_the_hash_of_the_manifest() -> None:
    found = {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in FILES}
    assert found == FILES


def test_nothing_lies_in_the_vendor_folder_that_the_manifest_does_not_name() -> None:
    there = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    packed = {f"{name}.gz" for name in FILES if (VENDOR / f"{name}.gz").exists()}
    assert there == {"MANIFEST.json", *FILES, *packed}


def test_packed_files_hold_what_they_stand_beside() -> None:
    for path in VENDOR.rglob("*.gz"):
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_every_part_says_its_licence_and_version() -> None:
    assert {part["licence"] for part in MANIFEST} <= {"MIT", "0BSD"}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", part["version"]) for part in MANIFEST)


@pytest.mark.parametrize("path", sorted(WEB.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_templates_name_only_vendored_icons(path: Path) -> None:
    for name in ICON.findall(path.read_text(encoding="utf-8")):
        assert f"icons/{name}.svg" in FILES


def test_every_icon_named_in_code_is_vendored() -> None:
    for path in (Path(__file__).parents[2] / "src/bihuan").rglob("*.py"):
        for name in re.findall(r'\bicon="([a-z0-9-]+)"', path.read_text(encoding="utf-8")):
            if name != "custom":
                assert f"icons/{name}.svg" in FILES, f"{path.name}: {name}"


def test_the_heavy_sheet_travels_packed(client: Client) -> None:
    answer = client.get("/static/bihuan/vendor/tabler/tabler.min.css", headers={"accept-encoding": "gzip"})
    packed = b"".join(answer.streaming_content)
    assert answer["Content-Encoding"] == "gzip"
    assert len(packed) < 100_000
