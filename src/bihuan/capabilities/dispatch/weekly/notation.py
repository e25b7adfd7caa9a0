"""Judgement and stated numbers as one readable text: each cell begins with its name in 【】, as the record prints it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bihuan.capabilities.dispatch.weekly.layouts import Layout

_HEAD = re.compile(r"【([^【】\n]{1,40})】")


def written(layout: Layout, given: Mapping[str, str]) -> str:
    """``given`` by the keys of the layout, empty cells left out; 【】 in what was typed cannot pass for a name."""
    labels = {one.key: one.label for one in layout.stated}
    labels |= {one.key: one.label for one in layout.judgements}
    return "\n".join(
        f"【{label}】{given[key].strip().replace('【', '〔').replace('】', '〕')}"
        for key, label in labels.items()
        if given.get(key, "").strip()
    )


def read(layout: Layout, content: str) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Judgement by key, stated numbers by key as typed, and names the form does not know."""
    words = {one.label: one.key for one in layout.judgements}
    numbers = {one.label: one.key for one in layout.stated}
    said: dict[str, str] = {}
    stated: dict[str, str] = {}
    strange: list[str] = []
    heads = list(_HEAD.finditer(content))
    for place, head in enumerate(heads):
        end = heads[place + 1].start() if place + 1 < len(heads) else len(content)
        label, text = head.group(1).strip(), content[head.end() : end].strip()
        if label in words:
            said[words[label]] = text
        elif label in numbers:
            stated[numbers[label]] = text
        else:
            strange.append(label)
    return {key: text for key, text in said.items() if text}, stated, strange


def blocks_named(layout: Layout, text: str) -> tuple[list[str], list[str]]:
    """Keys of the blocks a list of titles names, and the titles the form does not know."""
    titles = {block.title: block.key for block in layout.blocks}
    named = [title.strip() for title in re.split(r"[、，,；;\n]", text) if title.strip()]
    known = [titles[title] for title in named if title in titles]
    return list(dict.fromkeys(known)), [title for title in named if title not in titles]
