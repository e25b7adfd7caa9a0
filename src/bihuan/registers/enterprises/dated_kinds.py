"""The kinds of dated details, declared once. Pure: forms, templates and the parsing process read it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DatedKind:
    """One kind. ``codes`` are its sorts as (code, label); ``single`` = one value at a time, told in the main form.

    ``name``, ``number``, ``count`` say what these columns mean here, empty when the kind has none; ``valid`` tells that
    the thing has a validity that can lapse.
    """

    kind: str
    label: str
    codes: tuple[tuple[str, str], ...] = ()
    name: str = ""
    number: str = ""
    count: str = ""
    valid: bool = False
    single: bool = False

    def word(self, code: str) -> str:
        return dict(self.codes).get(code, code)

    def code(self, word: str) -> str:
        """The code a word means; empty for an unknown one."""
        bare = "".join(word.split())
        known = {label: code for code, label in self.codes} | {code: code for code, _ in self.codes}
        return known.get(bare, "")


PROCESS = DatedKind(
    "process", "危险工艺与重点环节",
    (
        ("hazardous_process", "重点监管危险化工工艺"), ("hazardous_chemical", "重点监管危险化学品"),
        ("major_source", "重大危险源"), ("dust", "粉尘涉爆"), ("ammonia", "液氨制冷"), ("confined_space", "有限空间"),
        ("belt_conveyor", "皮带输送机"), ("molten_metal", "高温熔融金属"), ("gas", "煤气"), ("explosives", "民用爆炸物品"),
        ("hot_work", "动火作业"), ("spraying", "喷涂作业"), ("lithium", "锂电池"), ("other", "其他"),
    ),
    name="说明",
)  # fmt: skip
PERMIT = DatedKind(
    "permit", "许可证",
    (
        ("work_safety", "安全生产许可证"), ("chemical_trade", "危险化学品经营许可证"), ("chemical_use", "危险化学品安全使用许可证"),
        ("fireworks_trade", "烟花爆竹经营许可证"), ("mining", "采矿许可证"), ("gas_trade", "燃气经营许可证"),
        ("road_transport", "道路运输经营许可证"), ("fire_check", "公众聚集场所消防安全检查"), ("blasting", "爆破作业单位许可证"),
        ("construction", "建筑施工企业安全生产许可证"), ("food", "食品经营许可证"), ("other", "其他许可"),
    ),
    name="发证机关", number="证书编号", valid=True,
)  # fmt: skip
INSURANCE = DatedKind(
    "insurance", "保险",
    (("liability", "安全生产责任保险"), ("injury", "工伤保险"), ("other", "其他保险")),
    name="承保机构", number="保单号", count="投保人数", valid=True,
)  # fmt: skip
STANDARD = DatedKind(
    "standard", "安全标准化",
    (("first", "一级"), ("second", "二级"), ("third", "三级"), ("small", "小微")),
    name="评审组织单位", number="证书编号", valid=True,
)  # fmt: skip
OPERATION = DatedKind(
    "operation", "停产停业", (("stopped", "责令停产停业"),), name="措施", number="措施编号",
)  # fmt: skip
"""Told by the order that stops a unit and ended with it, by nobody else."""
STAFF = DatedKind("staff", "从业人数", count="从业人数", single=True)
PRINCIPAL = DatedKind("principal", "主要负责人", name="姓名", number="电话", single=True)
SAFETY_MANAGER = DatedKind("safety_manager", "安全管理人员", name="姓名", number="电话", single=True)

KINDS = (PROCESS, PERMIT, INSURANCE, STANDARD, OPERATION, STAFF, PRINCIPAL, SAFETY_MANAGER)
TOLD = (PROCESS, PERMIT, INSURANCE, STANDARD)
"""Kinds an object may have several of, each told in a form of its own."""
SINGLE = frozenset(one.kind for one in KINDS if one.single)
NOT_BY_HAND = SINGLE | {OPERATION.kind}
"""Kinds that no form of their own tells or ends."""


def dated_kind(kind: str) -> DatedKind | None:
    """The kind with this name."""
    return next((one for one in KINDS if one.kind == kind), None)
