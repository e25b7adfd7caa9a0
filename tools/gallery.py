"""Pictures of every page, wide and at phone width, so that someone looks before a user does.

``python tools/gallery.py OUT [NAME …]`` renders the examples of ``tests/web/examples`` into OUT and
photographs them in Chromium at 1280×900 and 360×740 under the pages' own content security policy.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.conf.settings")

SIZES = {"wide": (1280, 900), "phone": (360, 740)}
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --lang=zh-CN"
)


def render(out: Path, wanted: list[str]) -> list[str]:
    """Write one HTML file a page; return the names."""
    import django

    django.setup()
    from django.test import RequestFactory, override_settings
    from tests.web.examples import pages
    from tests.web.rendering import page

    examples = pages()
    names = [name for name in examples if not wanted or name in wanted]
    with override_settings(STATIC_URL="/static/"):
        for name in names:
            template, context = examples[name]
            (out / f"{name}.html").write_text(page(RequestFactory(), template, context), encoding="utf-8")
    shutil.rmtree(out / "static", ignore_errors=True)
    shutil.copytree(ROOT / "src/bihuan/kernel/web/static", out / "static")
    return names


class Pages(http.server.SimpleHTTPRequestHandler):
    """Serves OUT with the policy that production sends."""

    def end_headers(self) -> None:
        from bihuan.kernel.web.headers import POLICY

        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""


def complain(said: Any) -> None:
    """A broken policy or script shows as a console error; say it."""
    if said.type == "error":
        print(f"{said.location.get('url')}: {said.text}")


def photograph(out: Path, names: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Pages, directory=str(out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as play:
        chromium = shutil.which("chromium")
        browser = play.chromium.launch(executable_path=chromium, args=ARGUMENTS.split())
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            page.on("console", complain)
            for name in names:
                page.goto(f"http://127.0.0.1:{server.server_port}/{name}.html")
                page.screenshot(path=out / f"{name}.{size}.png", full_page=True)
                over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                if over > 0:
                    print(f"{name} ({size}): {over} px wider than the screen")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
    folder.mkdir(parents=True, exist_ok=True)
    photograph(folder, render(folder, sys.argv[2:]))
