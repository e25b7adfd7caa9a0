"""What the documentation names is there: tests, files of the program, pages it links to, pictures."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMED_TEST = re.compile(r"`(?:tests/)?([a-z_/]+/test_[a-z_]+\.py)(?:::(test_\w+))?`")
NAMED_FILE = re.compile(r"`((?:kernel|capabilities|registers|reporting|conf|commands|demo)/[\w/.]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


@cache
def _tests_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    missing = [name for name in NAMED_FILE.findall(text) if not (ROOT / "src" / "bihuan" / name).exists()]
    for file, test in NAMED_TEST.findall(text):
        path = ROOT / "tests" / file
        if not path.exists() or (test and test not in _tests_in(path)):
            missing.append(f"{file}::{test}")
    for target in LINK.findall(text):
        if "://" not in target and not target.startswith("mailto:"):
            missing += [] if (page.parent / unquote(target)).exists() else [target]
    assert not missing


def test_no_picture_is_heavy() -> None:
    assert [
        path.name for path in (ROOT / "docs" / "pictures").glob("*") if path.stat().st_size > 150_000
    ] == []
