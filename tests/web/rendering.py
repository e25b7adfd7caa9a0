"""Render and serve the example pages as a browser would get them, without a database."""

from __future__ import annotations

import contextlib
import functools
import http.server
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.test import RequestFactory

from bihuan.kernel.web.headers import POLICY
from tests.web.examples import pages

STATIC = Path(__file__).parents[2] / "src/bihuan/kernel/web/static"
CHROMIUM = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def page(requests: RequestFactory, template: str, context: dict[str, Any], path: str = "/example/") -> str:
    """The page's HTML. Context processors that need a session or a user are given none."""
    request = requests.get(path)
    request.session = {}  # type: ignore[assignment]
    return render_to_string(template, {"request": request, "csrf_token": "example", **context})


def write_pages(folder: Path, wanted: Sequence[str] = ()) -> list[str]:
    """Write one HTML file a page (all, or only ``wanted``) with the static files beside them; return the names."""
    examples = pages()
    names = [name for name in examples if not wanted or name in wanted]
    for name in names:
        template, context = examples[name]
        text = page(RequestFactory(), template, context, f"/{name}.html")
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    shutil.rmtree(folder / "static", ignore_errors=True)
    shutil.copytree(STATIC, folder / "static")
    return names


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the folder under the policy that production sends; a POST is answered like a refusal."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder's address while the block runs."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
