"""Which documents of which loop are served where."""

from __future__ import annotations

from bihuan.registers.instruments.offering import Offer, let


def connect() -> None:
    """Which documents are served on their own pages, because no term of their loop hangs on it; cases tell it themselves."""
    let("inspection", Offer(serve=(
        "onsite_measure_decision", "rectification_order", "recheck_opinion", "recheck_extension_reply", "out_of_scope_transfer",
    ), signed=True))  # fmt: skip
    let("measure", Offer(serve=(
        "onsite_measure_decision", "seizure_decision", "seizure_list", "seizure_extension", "seizure_disposal",
        "cutoff_notice", "cutoff_decision", "supply_restoration",
    )))  # fmt: skip
