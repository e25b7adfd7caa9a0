"""The picture of a loop, drawn from its declaration so that it cannot tell another story than the engine."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import Act, Deed, Loop, Step


def mermaid(loop: Loop) -> str:
    """The state diagram in Mermaid, as documentation pages show it."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f"    {state.value}: {state.label}" for state in loop.states]
    for opening in loop.openings:
        if opening.to is not None:
            lines.append(f"    [*] --> {opening.to.value}: {opening.label}")
    for step in (*loop.steps, *loop.ways_out):
        for source in sorted(step.move.sources):
            lines.append(f"    {source} --> {step.move.to.value}: {step.label}")
    lines += [f"    {state.value} --> [*]" for state in sorted(loop.ended | loop.done)]
    return "\n".join(lines)


def table(loop: Loop) -> str:
    """Every deed in a Markdown table: who, from where, to where, under which gates, by when."""
    head = "| 办理 | 动词 | 由谁 | 从 | 到 | 签名 | 条件 | 依据 |\n|---|---|---|---|---|---|---|---|"
    rows = [_row(loop, deed) for deed in (*loop.openings, *loop.steps, *loop.acts, *loop.ways_out)]
    return "\n".join([head, *rows])


def _row(loop: Loop, deed: Deed) -> str:
    sources, to = "—", "—"
    if isinstance(deed, Step):
        sources = "、".join(state.label for state in loop.states if state in deed.move.sources)
        to = deed.move.to.label
    elif isinstance(deed, Act):
        sources = "、".join(state.label for state in loop.states if state in deed.states)
        to = "不变"
    else:
        opened = getattr(deed, "to", None)
        to = opened.label if opened else "按台账所载"
    gates = "；".join(
        _first_sentence(gate.__doc__ or gate.__name__) for gate in (*deed.concerns, *deed.needs, *deed.gates)
    )
    if deed.not_by:
        gates += (
            "；" if gates else ""
        ) + f"不得由办理“{'、'.join(loop.label_of(name) for name in deed.not_by)}”的同一人办理"
    hands = "、".join(hand.label for hand in deed.by)
    signed = "是" if deed.signed else ""
    return (
        f"| {deed.label} | `{deed.name}` | {hands} | {sources} | {to} | {signed} | {gates} | {deed.basis} |"
    )


def _first_sentence(text: str) -> str:
    return text.strip().splitlines()[0].rstrip(".")
