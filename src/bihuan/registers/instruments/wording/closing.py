"""Papers of transfer, extension, conclusion and the dossier (kinds 43–48, 52)."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.registers.instruments.wording.clauses import CONTACT
from bihuan.registers.instruments.wording.pieces import L, Layout, T, form, letter, p

LAYOUTS: Mapping[str, Layout] = {
    "transfer_approval": form(),
    "transfer_letter": letter(
        p("本机关在办理{case_name}一案中查明：{facts}"),
        p("依据{basis_cited}的规定，现将该案移送你单位处理。请依法办理，并将处理结果函告本机关。"),
        L("materials", "附件材料："),
        CONTACT,
        to="{receiver_organ}", copies="本移送书一式两份：一份交受移送机关，一份由{organ}存档。",
    ),
    "case_extension_approval": form(),
    "conclusion_approval": form(),
    "case_withdrawal_record": form(sealed=True),
    "dossier_cover": form(),
    "dossier_catalogue": Layout((T("entries"),), sealed=False),
}  # fmt: skip
