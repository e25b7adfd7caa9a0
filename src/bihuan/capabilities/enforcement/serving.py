"""Service of a case's documents: one receipt for what was served together (行政处罚法第六十一条)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import papers
from bihuan.registers.instruments import serving, shelf


def delivery_of(given: Any) -> serving.Delivery:
    """How it was served, as the register of documents understands it."""
    return serving.Delivery(
        how=given.how, on=given.served_on, place=given.place, receiver=given.receiver, relation=given.relation,
        refusal=given.refusal, witness=given.witness, reference=given.reference, entrusted_to=given.entrusted_to,
    )  # fmt: skip


def served_day(given: Any) -> date:
    """The day from which terms count; a public notice serves when its period is over."""
    return serving.served_day(delivery_of(given))


def serve_documents(case: Any, kinds: Sequence[str], given: Any, context: Any) -> None:
    """Serve the newest documents of ``kinds`` together at the end of the deed; what is lacking refuses the deed."""

    def last() -> None:
        rows = [found for kind in kinds if (found := shelf.latest(case.uid, kind)) is not None]
        serving.serve(
            rows,
            delivery_of(given),
            officers=papers.common(case)["officers"],
            actor=context.actor,
            case_name=case.name,
        )

    context.afterwards.append(last)
    context.facts.setdefault("documents", []).append("文书送达回执")
