"""The columns of an enterprise workbook. Pure: the parsing process reads them and knows no database."""

from __future__ import annotations

from bihuan.kernel.workbooks.columns import Column, Columns

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
    ),
    essential=("name", "credit_code"),
    needed=(("name",), ("credit_code",)),
    ignored=("错误", "备注", "邮箱", "邮编"),
)
