"""The sheet that hangs in factories, yards and villages: what to do when one sees a danger, and a square to point a phone at.

The square is made here; no service on the network learns of it.
"""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlsplit

import segno

from bihuan.capabilities.tipoffs.public import limits
from bihuan.capabilities.tipoffs.public.views.face import HERE
from bihuan.kernel.documents.outline import DEMO_MARK
from bihuan.kernel.documents.press import compiled
from bihuan.kernel.documents.typefaces import require_coverage, typefaces
from bihuan.kernel.errors import Refused

LONGEST = 120
STEPS = (
    "扫一扫上面的码，或在手机浏览器里输入码下的网址",
    "拍几张照片，写一句哪里危险、在什么地方",
    "记下 16 位查询码，随时查办理结果",
)


def outside(written: str) -> str:
    """The address the public reaches the page under, in its plain form.

    Raises:
        Refused: it is none (``tipoff.bad_address``).
    """
    parts = urlsplit(written.strip()[: LONGEST + 1])
    host = parts.netloc
    plain = host.replace(".", "").replace("-", "").replace(":", "").isalnum() and host.isascii()
    if parts.scheme not in ("http", "https") or not plain or len(written) > LONGEST:
        raise Refused.because(
            "tipoff.bad_address",
            "网址不对，请写成 https://jubao.example.gov.cn 这样的形式，不超过120个字符",
            "address",
        )
    return f"{parts.scheme}://{host.lower()}{HERE}"


def square(address: str) -> str:
    """The address as a QR code in SVG; a quarter of it may be dirty or torn."""
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(
        out, kind="svg", border=4, omitsize=True, dark="#000", light="#fff", xmldecl=False
    )
    return out.getvalue().decode()


def told(district: str, address: str) -> dict[str, Any]:
    """What stands on the sheet, for page and paper alike."""
    return {
        "district": district, "title": "看到危险 随手举报", "address": address, "steps": list(STEPS),
        "promise": "不用登录，可以不留姓名；留了的，密封保密，被举报的单位看不到。",
        "calls": f"正在发生危险，先打 119、110、120　·　安全举报电话 {limits.HOTLINE}",
        "foot": f"{district}安全生产委员会办公室", "demo": DEMO_MARK if limits.demo() else "",
    }  # fmt: skip


def paper(district: str, address: str) -> bytes:
    """The sheet as A4 PDF.

    Raises:
        Refused: a character no font has, or it cannot be set.
    """
    words = told(district, address)
    require_coverage([("海报", "".join(str(each) for each in words.values()))])
    fonts = {role: list(chain) for role, chain in typefaces().chains.items()}
    return compiled("poster.typ", {**words, "svg": square(address), "fonts": fonts}, "pdf")
