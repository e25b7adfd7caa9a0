"""Coverage of committees as figures: established, led by the principal leader, with every deputy (五级五覆盖)."""

from __future__ import annotations

from bihuan.capabilities.responsibility.committees import compliance
from bihuan.capabilities.responsibility.duties.figures import covering

NAMES = ("committees.established", "committees.chaired", "committees.accompanied")

covering(
    compliance.ESTABLISHED, NAMES[0], ("应成立安委会的区、镇街", "已成立安委会的", "安委会成立覆盖率"), "个"
)
covering(
    compliance.CHAIRED, NAMES[1], ("应由主要负责人任主任的", "主要负责人任主任的", "主要负责人任主任覆盖率"), "个"
)  # fmt: skip
covering(
    compliance.ACCOMPANIED, NAMES[2], ("应由班子副职任副主任的", "班子副职都任副主任的", "班子副职任副主任覆盖率"), "个"
)  # fmt: skip
