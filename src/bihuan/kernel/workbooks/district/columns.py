"""The columns of a new district's workbooks. Pure: the parsing process reads them and knows no database."""

from __future__ import annotations

from bihuan.kernel.workbooks.columns import Column, Columns

PLACE = f"{__name__}:"
NAMESAKES = "namesakes"
"""Where a batch of people keeps decisions on namesakes, and its result the rows that wait for one."""
ASSUMED = "notes"
"""Where a result says what was taken for granted, in sentences."""

REGIONS = Columns(
    "regions",
    (
        Column("name", "区划名称", ("名称", "镇街名称", "村社区名称", "镇街", "区划")),
        Column("level", "级别", ("类别", "层级", "区划级别", "类型")),
        Column("parent", "上级区划", ("上级", "所属镇街", "所属区划", "上级名称", "所属上级")),
        Column("code", "行政区划代码", ("区划代码", "代码")),
        Column("aliases", "别名", ("简称", "其他叫法", "曾用名")),
    ),
    essential=("name",),
    needed=(("name",), ("level",)),
    least=2,
)

AGENCIES = Columns(
    "agencies",
    (
        Column("name", "单位名称", ("名称", "部门名称", "机构名称", "单位", "部门")),
        Column("kind", "类别", ("单位类别", "性质", "类型", "单位性质")),
        Column("region", "所属区划", ("区划", "辖区", "所在镇街", "镇街")),
        Column("parent", "上级单位", ("上级", "主管单位", "隶属")),
        Column("sectors", "主管行业领域", ("监管行业领域", "主管行业", "监管行业", "行业领域", "分管行业")),
        Column("aliases", "简称", ("别名", "曾用名", "其他叫法")),
        Column("files_ledger", "按月报送台账", ("报送台账", "是否报送台账", "是否按月报送台账")),
    ),
    essential=("name",),
    needed=(("name",), ("kind",)),
    least=2,
)

PEOPLE = Columns(
    "people",
    (
        Column("name", "姓名", ("人员姓名", "名字")),
        Column("phone", "电话", ("手机", "手机号", "联系电话", "手机号码")),
        Column("username", "账号", ("登录账号", "用户名", "登录名")),
        Column("title", "岗位", ("职务", "岗位名称", "岗位(职务)")),
        Column("role", "角色", ("岗位角色", "权限角色", "人员角色")),
        Column("agency", "单位", ("所在单位", "单位名称", "部门", "工作单位")),
        Column("region", "辖区", ("负责区划", "区划", "镇街", "所属镇街")),
        Column("sectors", "分管行业领域", ("行业领域", "监管行业", "分管行业")),
        Column("object", "所在企业", ("企业", "企业名称", "统一社会信用代码", "企业(信用代码)")),
        Column("heads", "是否负责人", ("负责人", "主要负责人")),
        Column("since", "任职日期", ("任职起", "任职时间", "起始日期")),
        Column("certificate_no", "执法证号", ("执法证", "证件号")),
        Column("namesake", "同名认定", ("是否同一人", "同名说明")),
        Column("duty", "安全职责", ("安全生产职责", "岗位安全职责", "一岗双责职责")),
    ),
    essential=("name",),
    needed=(("name",), ("role", "title")),
    least=2,
)
