"""What each step means for the hazard's own columns. State, deadline, signature and record are the engine's."""

from __future__ import annotations

from bihuan.capabilities.hazards.effects.accepting import (
    accept,
    reopen,
    send_back,
    spot_check,
)
from bihuan.capabilities.hazards.effects.claiming import (
    claim_from_ledger,
    claim_progress,
    claimed_deadline,
    claimed_together,
    note_claim,
)
from bihuan.capabilities.hazards.effects.leaving import (
    merge,
    refer,
    void,
)
from bihuan.capabilities.hazards.effects.listings import (
    delist,
    list_supervision,
    put_on_list,
    report_to_regulator,
    report_to_workers,
)
from bihuan.capabilities.hazards.effects.rectifying import (
    assign,
    complete_elements,
    completed_deadline,
    extended_deadline,
    grant_extension,
    recheck,
    rechecked_deadline,
    refuse_extension,
    request_extension,
    submit_rectification,
)
from bihuan.capabilities.hazards.effects.reporting import (
    about_object,
    correct,
    index,
    place_in_jurisdiction,
    regrade,
    report,
)

__all__ = [
    "about_object",
    "accept",
    "assign",
    "claim_from_ledger",
    "claim_progress",
    "claimed_deadline",
    "claimed_together",
    "complete_elements",
    "completed_deadline",
    "correct",
    "delist",
    "extended_deadline",
    "grant_extension",
    "index",
    "list_supervision",
    "merge",
    "note_claim",
    "place_in_jurisdiction",
    "put_on_list",
    "recheck",
    "rechecked_deadline",
    "refer",
    "refuse_extension",
    "regrade",
    "reopen",
    "report",
    "report_to_regulator",
    "report_to_workers",
    "request_extension",
    "send_back",
    "spot_check",
    "submit_rectification",
    "void",
]
