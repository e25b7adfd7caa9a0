"""Third-party page parts enter the repository here and nowhere else, so that every byte has a known origin.

``python tools/vendor.py FOLDER`` takes the npm tarballs named below from FOLDER (``npm pack NAME@VERSION``),
copies the few files we serve into ``kernel/web/static/bihuan/vendor`` and writes ``MANIFEST.json`` (name,
version, licence, sha256 of the tarball and of every file). ``tests/web/test_look_vendor.py`` refuses a file
that differs from it.

htmx stays on the 2.x line on purpose: 4.x swaps error pages by default and is only months old.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
import tarfile
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/bihuan/kernel/web/static/bihuan/vendor"

WORTH_PACKING = 20_000
"""Larger files get a ``.gz`` beside them, which whitenoise serves to whoever accepts it."""

ICONS = """\
adjustments-horizontal alarm alert-circle alert-triangle arrow-back-up arrow-right award ban bell
books building building-community building-factory-2 calendar calendar-due camera check checklist
chevron-down chevron-left chevron-right circle-check circle-x clipboard-check clipboard-list clock
dots download eye file-import file-spreadsheet file-text flag flame gavel history home hourglass
id-badge-2 inbox info-circle key layout-dashboard link list-check lock logout map-pin menu-2
paperclip phone photo plus printer refresh report-analytics search send settings shield-check
signature sitemap speakerphone stack-2 table upload urgent user users wifi-off writing-sign x
"""

PARTS: list[dict[str, object]] = [
    {
        "name": "@tabler/core",
        "version": "1.6.1",
        "licence": "MIT",
        "tarball": "tabler-core-1.6.1.tgz",
        "files": {"tabler/tabler.min.css": "package/dist/css/tabler.min.css"},
    },
    {
        "name": "htmx.org",
        "version": "2.0.11",
        "licence": "0BSD",
        "tarball": "htmx.org-2.0.11.tgz",
        "files": {"htmx/htmx.min.js": "package/dist/htmx.min.js"},
    },
    {
        "name": "@tabler/icons",
        "version": "3.51.0",
        "licence": "MIT",
        "tarball": "tabler-icons-3.51.0.tgz",
        "files": {f"icons/{name}.svg": f"package/icons/outline/{name}.svg" for name in ICONS.split()},
    },
]


def without_source_map(content: bytes) -> bytes:
    """A source map we do not ship must not be pointed at: hashed static storage would look for it."""
    return re.sub(rb"\s*/\*# sourceMappingURL=[^*]*\*/\s*", b"\n", content)


def vendor(folder: Path) -> list[dict[str, object]]:
    manifest = []
    for part in PARTS:
        tarball = folder / str(part["tarball"])
        files = part["files"]
        assert isinstance(files, dict)
        hashes = {}
        with tarfile.open(tarball) as archive:
            for stored, inside in sorted(files.items()):
                member = archive.extractfile(inside)
                assert member is not None, inside
                content = without_source_map(member.read())
                path = TARGET / stored
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                hashes[stored] = hashlib.sha256(content).hexdigest()
                if len(content) > WORTH_PACKING:
                    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        manifest.append(
            {
                "name": part["name"],
                "version": part["version"],
                "licence": part["licence"],
                "tarball_sha256": hashlib.sha256(tarball.read_bytes()).hexdigest(),
                "files": hashes,
            }
        )
    return manifest


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    TARGET.mkdir(parents=True, exist_ok=True)
    text = json.dumps(vendor(Path(sys.argv[1])), indent=2, ensure_ascii=False) + "\n"
    (TARGET / "MANIFEST.json").write_text(text, encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
