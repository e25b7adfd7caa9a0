"""What is told of a supervised object of each kind, declared once: model, form, template, workbook and API read it here.

Pure: the process that parses workbooks reads it and knows no database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Form = Literal["text", "count", "amount", "date", "choice", "phone"]


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing told of an object. ``choices`` are (code, label); ``limit`` characters; ``unit`` of numbers.

    ``due`` marks a day that must not pass: past it the register shows it red.
    """

    name: str
    label: str
    form: Form = "text"
    choices: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] = ()
    help: str = ""
    example: object = ""
    limit: int = 60
    unit: str = ""
    required: bool = False
    due: bool = False
    listed: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for _, label in self.choices)

    @property
    def written(self) -> str:
        """The label with its unit, as a form or a heading writes it."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class KindOf:
    """One register: ``kind`` as the objects carry it, ``plural`` in addresses and of its workbooks."""

    kind: str
    plural: str
    label: str
    unit: str
    says: str
    traits: tuple[Trait, ...]
    example: str = ""
    sector: str = ""
    named: tuple[str, ...] = field(default=())
    """Other headings of the column with the name."""

    def trait(self, name: str) -> Trait:
        return next(one for one in self.traits if one.name == name)


_KEEPER = (
    Trait("keeper_name", "现场负责人", headings=("负责人", "管理人", "项目经理", "联系人"), example="张某", listed=True),
    Trait("keeper_phone", "现场负责人电话", "phone", headings=("负责人电话", "联系电话", "电话"), limit=30),
)  # fmt: skip

PROJECTS = KindOf(
    "project", "projects", "在建工程", "个",
    "建设、施工、监理三方和工程状态；农村自建房归镇街。",
    (
        Trait("stage", "工程状态", "choice",
              (("planned", "未开工"), ("building", "在建"), ("stopped", "停工"), ("finished", "竣工")),
              ("施工状态", "状态", "形象进度"), required=True, listed=True, example="在建"),
        Trait("client", "建设单位", headings=("业主", "业主单位", "建设方"), limit=120, example="城投建设有限公司"),
        Trait("builder", "施工单位", headings=("总承包单位", "施工方", "总包单位"), limit=120, listed=True, example="鲁南建工有限公司"),
        Trait("overseer", "监理单位", headings=("监理", "监理方"), limit=120, example="诚信监理有限公司"),
        Trait("permit_no", "施工许可证号", headings=("施工许可证", "许可证号"), limit=60),
        Trait("floor_area", "建筑面积", "amount", headings=("面积", "建筑规模"), unit="㎡", example=12000),
        Trait("begins_on", "开工日期", "date", headings=("开工时间",)),
        Trait("ends_on", "计划竣工日期", "date", headings=("竣工日期", "计划竣工", "竣工时间"), due=True),
        *_KEEPER,
    ),
    example="柳溪安置房二期", sector="建筑施工", named=("工程名称", "项目名称", "名称", "在建工程名称"),
)  # fmt: skip

BUILDINGS = KindOf(
    "building", "buildings", "建筑", "栋",
    "高层公共建筑、高层住宅和老旧房屋：类别、用途和消防设施状况。",
    (
        Trait("class_of", "建筑类别", "choice",
              (("high_public_1", "一类高层公共建筑"), ("high_public_2", "二类高层公共建筑"), ("high_mixed", "高层商住楼"),
               ("high_dwelling", "高层住宅"), ("public", "多层公共建筑"), ("plant", "厂房仓库"), ("old", "老旧房屋"), ("other", "其他")),
              ("类别", "建筑分类", "建筑类型"), required=True, listed=True, example="二类高层公共建筑"),
        Trait("used_for", "使用性质", headings=("用途", "主要用途"), limit=80, example="商场、写字楼"),
        Trait("floors", "层数", "count", headings=("地上层数", "楼层"), unit="层", example=18),
        Trait("height", "建筑高度", "amount", headings=("高度",), unit="米", example=62.4),
        Trait("floor_area", "建筑面积", "amount", headings=("面积",), unit="㎡"),
        Trait("fire_state", "消防设施状况", "choice",
              (("good", "完好有效"), ("partly", "部分故障"), ("broken", "瘫痪停用"), ("none", "未设置"), ("unknown", "不清楚")),
              ("消防设施", "消防设施情况"), listed=True, example="完好有效"),
        Trait("checked_on", "消防设施检测日期", "date", headings=("检测日期", "最近检测")),
        *_KEEPER,
    ),
    example="百货大楼", sector="消防", named=("建筑名称", "楼宇名称", "名称", "大楼名称"),
)  # fmt: skip

PLACES = KindOf(
    "place", "places", "场所", "处",
    "人员密集场所、“低小散”场所、“二合一”“三合一”和水域等：种类、出口、消防条件和负责人。",
    (
        Trait("sort", "场所种类", "choice",
              (("mall", "商场市场"), ("amusement", "歌舞娱乐"), ("netbar", "网吧"), ("hotel", "宾馆饭店"), ("hospital", "医院"),
               ("school", "学校幼儿园"), ("care", "养老机构"), ("lunch", "小饭桌"), ("station", "车站码头"), ("sight", "旅游景区"),
               ("worship", "宗教活动场所"), ("labour", "劳动密集型企业"), ("rides", "游乐场所"), ("small_plant", "企业厂房"),
               ("shared_rent", "群租房"), ("warehouse", "仓库"), ("illegal_build", "违章搭建"), ("mixed_use", "二合一三合一"),
               ("water", "水域"), ("estate", "小区门面房"), ("other", "其他")),
              ("种类", "类别", "场所类型", "场所类别"), required=True, listed=True, example="商场市场"),
        Trait("floor_area", "面积", "amount", headings=("建筑面积", "营业面积"), unit="㎡", example=800),
        Trait("capacity", "核定人数", "count", headings=("容纳人数", "人数"), unit="人", example=300),
        Trait("exits", "安全出口", "count", headings=("安全出口数", "出口数", "疏散出口"), unit="个", example=2),
        Trait("fire_facilities", "消防设施", headings=("消防设施情况",), limit=200, example="自动喷淋、室内消火栓"),
        Trait("fire_risk", "火灾风险", "choice",
              (("high", "高"), ("higher", "较高"), ("general", "一般"), ("low", "低")),
              ("火灾风险等级", "风险等级"), listed=True, example="一般"),
        *_KEEPER,
    ),
    example="万家福超市", sector="消防", named=("场所名称", "单位名称", "名称"),
)  # fmt: skip

FACILITIES = KindOf(
    "facility", "facilities", "设施设备", "台（套）",
    "特种设备和其他设施：使用登记、维保单位和下次检验日期。",
    (
        Trait("sort", "设备种类", "choice",
              (("boiler", "锅炉"), ("vessel", "压力容器"), ("pipe", "压力管道"), ("lift", "电梯"), ("crane", "起重机械"),
               ("ropeway", "客运索道"), ("rides", "大型游乐设施"), ("yard_vehicle", "场内专用机动车辆"),
               ("gas", "燃气设施"), ("pond", "尾矿库"), ("bridge", "桥梁隧道"), ("other", "其他")),
              ("种类", "类别", "设备类别"), required=True, listed=True, example="电梯"),
        Trait("serial_no", "使用登记证编号", headings=("登记证编号", "设备代码", "注册代码"), example="梯11鲁D00001(23)"),
        Trait("in_use", "使用状态", "choice", (("used", "在用"), ("stopped", "停用"), ("scrapped", "报废")),
              ("状态",), listed=True, example="在用"),
        Trait("maintainer", "维保单位", headings=("维护保养单位", "维保"), limit=120),
        Trait("tested_on", "最近检验日期", "date", headings=("检验日期", "上次检验")),
        Trait("next_test_on", "下次检验日期", "date", headings=("检验有效期", "下次检验", "检验到期日"), due=True, listed=True),
        *_KEEPER,
    ),
    example="1 号客梯", sector="特种设备", named=("设备名称", "设施名称", "名称"),
)  # fmt: skip

KINDS = (PROJECTS, BUILDINGS, PLACES, FACILITIES)


def kind_of(kind: str) -> KindOf | None:
    """The register of a kind; ``None`` for enterprises, which have their own."""
    return next((one for one in KINDS if one.kind == kind), None)


def by_plural(plural: str) -> KindOf | None:
    """The register under an address."""
    return next((one for one in KINDS if one.plural == plural), None)
