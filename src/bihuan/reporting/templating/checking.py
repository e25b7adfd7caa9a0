"""Reading a template before it is kept: every fault in a sentence that says in which line, what, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bihuan.kernel.errors import Failure
from bihuan.kernel.figures import registry
from bihuan.reporting.clauses import TOKEN
from bihuan.reporting.looking import BOTH_FELL, CLAIMED, FORMS, SITUATION
from bihuan.reporting.templating.built_in import Template
from bihuan.reporting.templating.notation import LONGEST_HEADING, Line, Sort, lines_of
from bihuan.reporting.templating.sections import label_of, offered, section_called
from bihuan.reporting.templating.words import MEANINGS, WORD, YEAR

PAIRS = {"【": "】", "｛": "｝", "〔": "〕"}
LONGEST_BODY = 40_000
ROLLS = frozenset({
    "应报送台账", "已报送台账", "零报告", "迟报台账", "免报台账", "未报送台账", "反复发生隐患", "反复发生隐患单位",
    "结转重大事故隐患", "未挂牌重大事故隐患", "未按期召开的会议", "应报周调度表", "已报周调度表", "周调度零报告", "迟报周调度表",
    "未报周调度表", "周调度周次", "周调度填报单位", "下一阶段到期任务",
})  # fmt: skip
"""Counted lists that sections offer; a list is there only in a report that has its section."""
_HALF = str.maketrans("{}", "｛｝")


def faults_of(template: Template) -> list[Failure]:
    """Everything that stands in the way of using a template; empty when it can be used."""
    if len(template.body) > LONGEST_BODY:
        return [Failure("template.too_long", f"正文最多{LONGEST_BODY}字，请精简", "body")]
    found = [
        Failure(code, f"{label}：{text}", name)
        for name, label, given in (
            ("title", "标题", template.title), ("recipients", "主送机关", template.recipients), ("copies", "抄送", template.copies),
        )
        for code, text in _words_alone(given)
    ]  # fmt: skip
    seen: dict[str, int] = {}
    for line in lines_of(template.body):
        for code, text in _line(line, template.kind, seen):
            found.append(Failure(code, f"第{line.number}行：{text}", "body"))
    if not found and not any(line.sort is not Sort.HEADING for line in lines_of(template.body)):
        found.append(Failure("template.empty", "正文只有标题，没有内容，请补写文字或插入栏目", "body"))
    return found


def _line(line: Line, kind: str, seen: dict[str, int]) -> Iterator[tuple[str, str]]:
    if line.sort is Sort.SECTION:
        yield from _section(line, kind, seen)
    elif line.sort in (Sort.REST, Sort.PROBLEMS, Sort.NEXT):
        if line.sort in seen:
            yield "template.twice", f"与第{seen[line.sort]}行重复，同一内容只能放一处，请删去一行"
        seen.setdefault(line.sort, line.number)
    else:
        if line.sort is Sort.HEADING:
            yield from _heading(line)
        yield from _words_alone(line.text) if line.sort is Sort.HEADING else _text(line.text)


def _section(line: Line, kind: str, seen: dict[str, int]) -> Iterator[tuple[str, str]]:
    section = section_called(line.text, kind)
    if section is None:
        known = "、".join(label_of(each) for each in offered(kind))
        yield "template.unknown_section", f"没有栏目“{line.text}”，可用的有：{known}"
    elif section.name in seen:
        yield "template.twice", f"栏目“{line.text}”与第{seen[section.name]}行重复，请删去一行"
    else:
        seen[section.name] = line.number


def _heading(line: Line) -> Iterator[tuple[str, str]]:
    if not line.text:
        yield "template.empty_heading", "只有序号，没有标题文字，请补写"
    elif len(line.text) > LONGEST_HEADING or "。" in line.text:
        yield (
            "template.long_heading",
            f"标题里有句号或超过{LONGEST_HEADING}字，请在标题后换行，把正文另起一段",
        )


def _words_alone(text: str) -> Iterator[tuple[str, str]]:
    """Where only words are filled in: a citation there would be printed with its brackets."""
    if (at := next((at for at, char in enumerate(text, 1) if char in "【】｛｝{}"), None)) is not None:
        yield (
            "template.figure_here",
            f"第{at}字“{text[at - 1]}”：这里不能引用数据，只能写文字和〔时段〕一类的词，请把数据写进正文",
        )
        return
    yield from _text(text)


def _text(text: str) -> Iterator[tuple[str, str]]:
    unclosed = list(_brackets(text.translate(_HALF)))
    yield from unclosed
    if unclosed:
        return
    if (empty := re.search(r"【\s*】", text)) is not None:
        yield (
            "template.empty_citation",
            f"第{empty.start() + 1}字“【】”里没有写数据名称，请用“插入数据”挑选，或删去",
        )
    for token in TOKEN.finditer(text):
        if token[1].strip():
            yield from _citation(token[1], token.start() + 1)
    for word in WORD.finditer(text):
        if word["word"] not in MEANINGS and not YEAR.fullmatch(word["word"]):
            known = "".join(f"〔{each}〕" for each in MEANINGS)
            yield "template.unknown_word", f"第{word.start() + 1}字“{word.group()}”不认识，可用的有：{known}"


def _brackets(text: str) -> Iterator[tuple[str, str]]:
    """Brackets that are not closed, closed without being opened, or nested where they may not be."""
    open_: list[tuple[str, int]] = []
    for at, char in enumerate(text, 1):
        if char in PAIRS:
            if any(mark == char or char == "｛" for mark, _ in open_):
                yield "template.nested", f"第{at}字“{char}”套在另一对括号里面，请先把前面的括号写完"
                return
            open_.append((char, at))
        elif char in PAIRS.values():
            if not open_ or PAIRS[open_[-1][0]] != char:
                yield "template.unopened", f"第{at}字“{char}”前面没有对应的左括号，请补上或删去"
                return
            open_.pop()
    for mark, at in open_:
        yield "template.unclosed", f"第{at}字“{mark}”没有写完，请补上“{PAIRS[mark]}”"


def _citation(token: str, at: int) -> Iterator[tuple[str, str]]:
    said, _, form = token.replace(":", "：").replace("|", "｜").strip().partition("｜")
    if said in (BOTH_FELL, SITUATION) and not form:
        return
    if form and form not in FORMS:
        yield "template.unknown_form", f"第{at}字“{token}”：“｜”后面可以写{'、'.join(FORMS)}"
    label = said.partition("：")[0].strip()
    if label not in labels():
        near = "、".join(_near(label)) or "请用“插入数据”挑选"
        yield "template.unknown_figure", f"第{at}字“【{token}】”：没有名为“{label}”的数据，相近的有：{near}"


def labels() -> frozenset[str]:
    """Everything that may be cited by name."""
    figures = {registry.figure(name).label for name in registry.names()}
    claimed = {
        CLAIMED + registry.figure(name).label for name in registry.names() if registry.figure(name).claimed
    }
    return frozenset(figures | claimed | ROLLS)


def _near(label: str) -> Iterable[str]:
    """Names that share most characters with what was written."""
    wanted = set(re.sub(r"\W", "", label))
    scored = [(len(wanted & set(each)) / max(1, len(wanted | set(each))), each) for each in labels()]
    return [each for score, each in sorted(scored, reverse=True)[:4] if score > 0.2]
