"""Every page, drawn from its example: whole, in Chinese, safe under the policy, and usable without eyes or mouse."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from django.test import RequestFactory
from lxml import html

from tests.web.examples import pages
from tests.web.rendering import page

PAGES = pages()
MISSING = "⟦%s⟧"
LATIN_WORDS = re.compile(r"[A-Za-z]{2,}")
ALLOWED_LATIN = {"xlsx", "pdf", "PDF", "Word", "SM", "KB", "MB"}
UNREAD = ("script", "title", "svg", "code", "*[@class='code']", "*[@class='secret']")


@pytest.fixture(params=sorted(PAGES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tree(name: str, rf: RequestFactory) -> Any:
    template, context = PAGES[name]
    return html.document_fromstring(page(rf, template, context))


def test_the_page_says_its_language_and_has_one_heading(tree: Any) -> None:
    assert tree.get("lang") == "zh-Hans"
    (heading,) = tree.iter("h1")
    assert heading.text_content().strip()
    assert tree.findtext(".//title").strip()
    assert tree.xpath("//main[@id='main']")
    assert tree.xpath("//a[@href='#main']")


def test_nothing_on_the_page_needs_a_weaker_policy(tree: Any) -> None:
    assert not tree.xpath("//*[@style] | //style")
    assert all(script.get("src", "").startswith("/static/") for script in tree.iter("script"))
    for element in tree.xpath("//*[not(ancestor::article)]"):
        assert not [attribute for attribute in element.attrib if attribute.startswith("on")]
        for attribute in ("src", "href", "action", "hx-get", "hx-post"):
            assert not re.match(r"(?i)(https?:)?//|javascript:", element.get(attribute, "")), attribute


def test_ids_are_unique_and_labels_find_their_inputs(tree: Any) -> None:
    ids = [element.get("id") for element in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    for label in tree.xpath("//label[@for]"):
        assert label.get("for") in ids
    for attribute in ("aria-labelledby", "aria-describedby"):
        for element in tree.xpath(f"//*[@{attribute}]"):
            assert set(element.get(attribute).split()) <= set(ids)


def test_every_input_and_picture_has_a_name(tree: Any) -> None:
    for control in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        named = control.get("aria-label") or tree.xpath(f"//label[@for='{control.get('id')}']")
        assert named or control.xpath("ancestor::label"), control.get("name")
    for image in tree.xpath("//img"):
        assert image.get("alt") is not None
    for drawing in tree.xpath("//svg"):
        titled = drawing.get("aria-label") or drawing.xpath("./title | ./*[local-name()='title']")
        assert drawing.get("aria-hidden") == "true" or titled
    for link in tree.xpath("//a | //button"):
        assert link.text_content().strip() or link.xpath(".//*[@aria-label] | .//img[@alt]"), html.tostring(
            link
        )


def test_headings_do_not_skip_a_level(tree: Any) -> None:
    levels = [
        int(element.tag[1])
        for element in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")
    ]
    for before, after in itertools.pairwise(levels):
        assert after <= before + 1, levels


def test_the_text_is_chinese(tree: Any) -> None:
    for name in UNREAD:
        for element in tree.xpath(f"//{name}"):
            element.drop_tree()
    text = re.sub(r"[0-9A-Z]{18}|\d{6}-H\d{4}-\d{6}|[a-f0-9]{16,}", "", tree.text_content())
    words = set(LATIN_WORDS.findall(text))
    assert words <= ALLOWED_LATIN, words - ALLOWED_LATIN


def test_tables_have_headings_and_cells_their_labels(tree: Any) -> None:
    for table in tree.find_class("ledger"):
        columns = len(table.xpath("thead//th"))
        assert columns
        for row in table.xpath("tbody/tr"):
            assert len(row.xpath("td | th")) == columns
        if not table.xpath("ancestor::article"):
            assert all(cell.get("data-label") is not None for cell in table.xpath("tbody/tr/td"))


def test_every_posting_form_carries_the_token(tree: Any) -> None:
    for form in tree.xpath("//form[translate(@method, 'POST', 'post') = 'post']"):
        assert form.xpath(".//input[@name='csrfmiddlewaretoken']")


def test_every_variable_the_template_prints_is_in_its_context(
    name: str, rf: RequestFactory, settings: Any
) -> None:
    settings.TEMPLATES = [
        {**engine, "OPTIONS": {**engine["OPTIONS"], "string_if_invalid": MISSING}}
        for engine in settings.TEMPLATES
    ]
    template, context = PAGES[name]
    text = page(rf, template, context)
    missing = set(re.findall("⟦[^⟧]*⟧", text))
    assert missing <= ({"⟦frame.district⟧"} if "frame" not in context else set())
