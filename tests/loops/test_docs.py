"""The pages that show the loops say what the declarations say."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.loop_docs import FOLDER, pages

PAGES = pages()


def test_every_running_loop_has_its_page_and_no_other_page_is_there() -> None:
    assert set(FOLDER.glob("*.md")) == set(PAGES)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_page_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PAGES[path], "run: python tools/loop_docs.py"
