"""Pictures of every page, wide and at phone width, so that someone looks before a user does.

``python tools/gallery.py OUT [NAME …]`` renders the examples of ``tests/web/examples`` into OUT and
photographs them in Chromium at 1280×900 and 360×740 under the pages' own content security policy.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.conf.settings")

SIZES = {"wide": (1280, 900), "phone": (360, 740)}


def complain(said: Any) -> None:
    """A broken policy or script shows as a console error; say it."""
    if said.type == "error":
        print(f"{said.location.get('url')}: {said.text}")


def photograph(out: Path, wanted: list[str]) -> None:
    """Write the pages into ``out`` and a picture of each in each size."""
    from playwright.sync_api import sync_playwright
    from tests.web.rendering import CHROMIUM, served, write_pages

    names = write_pages(out, wanted)
    with served(out) as address, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*CHROMIUM, "--lang=zh-CN"]
        )
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            page.on("console", complain)
            for name in names:
                page.goto(f"{address}/{name}.html")
                page.screenshot(path=out / f"{name}.{size}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    import django

    django.setup()
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
    folder.mkdir(parents=True, exist_ok=True)
    photograph(folder, sys.argv[2:])
