"""The columns of the registers' workbooks. Pure: the parsing process reads them and knows no database."""

from __future__ import annotations

from bihuan.kernel.workbooks.columns import Column, Columns
from bihuan.registers.objects.traits import KINDS, KindOf

ENTERPRISES = Columns(
    "enterprises",
    (
        Column(
            "name",
            "企业名称",
            ("单位名称", "名称", "企业全称", "公司名称", "单位全称", "生产经营单位名称"),
            (r"^(企业|单位|公司).{0,6}名称$",),
        ),
        Column(
            "credit_code",
            "统一社会信用代码",
            ("信用代码", "社会信用代码", "统一信用代码", "社会统一信用代码"),
            (r"信用.{0,4}代?码",),
        ),
        Column(
            "region", "属地镇街", ("镇街", "所属镇街", "辖区", "所属镇(街道)", "乡镇街道", "属地", "所在镇街")
        ),
        Column(
            "sector", "行业领域", ("监管行业领域", "行业", "领域", "所属行业领域", "监管行业", "行业类别")
        ),
        Column(
            "address", "地址", ("企业地址", "生产经营地址", "详细地址", "经营地址", "注册地址"), (r"地址$",)
        ),
        Column("industry_code", "国民经济行业代码", ("行业代码", "国民经济行业", "国民经济行业分类代码")),
        Column("ownership", "经济类型", ("企业类型", "所有制", "登记注册类型")),
        Column("scale", "规模", ("企业规模", "规模情况")),
        Column("staff_count", "从业人数", ("职工人数", "员工人数", "从业人员", "人数", "从业人员数")),
        Column("principal_name", "主要负责人", ("法定代表人", "负责人", "企业负责人", "主要负责人姓名")),
        Column("principal_phone", "主要负责人电话", ("负责人电话", "联系电话", "主要负责人联系电话", "电话")),
        Column(
            "safety_manager_name", "安全管理人员", ("安全管理人员姓名", "安全员", "安全负责人", "安全管理员")
        ),
        Column(
            "safety_manager_phone",
            "安全管理人员电话",
            ("安全员电话", "安全管理人员联系电话", "安全负责人电话"),
        ),
        Column("business", "主要产品或经营范围", ("经营范围", "主要产品", "主营业务")),
        Column(
            "processes",
            "危险工艺与重点环节",
            ("危险工艺", "重点环节", "风险作业", "涉及危险工艺", "重点设备设施", "工艺隐患"),
        ),
        Column("permit_name", "许可证", ("许可证名称", "许可证种类", "安全许可", "行政许可")),
        Column("permit_no", "许可证编号", ("证书编号", "许可证号", "证号", "安全生产许可证编号")),
        Column("permit_until", "许可证有效期至", ("许可证有效期", "许可证到期日", "证书有效期至")),
        Column("insurer", "安责险承保机构", ("承保机构", "保险公司", "安责险保险公司")),
        Column("policy_no", "安责险保单号", ("保单号", "安责险保单")),
        Column(
            "insured_until", "安责险有效期至", ("安责险到期日", "保险到期日", "安责险有效期", "保险有效期至")
        ),
    ),
    essential=("name", "credit_code"),
    needed=(("name",), ("credit_code",)),
    ignored=("错误", "备注", "邮箱", "邮编"),
)


def _of(kind: KindOf) -> Columns:
    """The columns of a register of objects, from its traits."""
    return Columns(
        kind.plural,
        (
            Column("name", f"{kind.label}名称", kind.named, (r"名称$",)),
            Column("region", "属地镇街", ("镇街", "所属镇街", "辖区", "属地", "乡镇街道", "所在镇街")),
            Column("sector", "行业领域", ("监管行业领域", "行业", "领域", "监管行业")),
            Column("address", "地址", ("详细地址", "工程地址", "坐落", "位置"), (r"(地址|地点|坐落)$",)),
            Column("responsible", "责任企业", ("产权单位", "使用单位", "管理单位", "责任单位", "运营单位")),
            *(Column(one.name, one.label, one.headings) for one in kind.traits),
        ),
        essential=("name",),
        needed=(("name",), ("region",)),
        ignored=("错误", "备注"),
    )


PROJECTS, BUILDINGS, PLACES, FACILITIES = (_of(kind) for kind in KINDS)
BY_KIND = {columns.kind: columns for columns in (PROJECTS, BUILDINGS, PLACES, FACILITIES)}
