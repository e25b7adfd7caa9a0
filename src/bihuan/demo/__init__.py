"""The demonstration district: invented from end to end, acted out through the same engine as everything else.

It is built once, in one transaction and always alike but for the day: a killed build leaves nothing, and the next start
builds anew. It never touches a district that is real.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bihuan.demo.building import Size


def ensure(size: Size | None = None) -> bool:
    """Build the demo district if it is not there yet; whether it was built now.

    Raises:
        Refused: this database belongs to a real district (``demo.real_district``).
    """
    from bihuan.conf.preparing import installation
    from bihuan.demo.building import FULL, build, finish
    from bihuan.kernel.errors import Refused
    from bihuan.kernel.territory.trees import the_district

    here, installed = the_district(), installation()
    if (here is not None and not here.demo) or (installed is not None and not installed[0]):
        name = here.region.name if here else "正式区"
        raise Refused.because(
            "demo.real_district",
            f"这个数据库属于{name}，不能放入演示数据。请用 BIHUAN_DATA 指定另一个数据目录，再建立演示区。",
        )
    if here is None:
        build(size or FULL)
    finish()
    return here is None
