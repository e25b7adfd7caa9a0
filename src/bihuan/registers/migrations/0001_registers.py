import django.db.models.deletion
from django.db import migrations, models

from bihuan.kernel.tables import CreateTables

KEEP = """
CREATE FUNCTION registers_keep_decisions() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a decision on standing is never changed or deleted' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER registers_keep_decisions BEFORE UPDATE OR DELETE ON registers_standingdecision
    FOR EACH ROW EXECUTE FUNCTION registers_keep_decisions();
"""


class Migration(migrations.Migration):
    """Registers of enterprises, projects, buildings, places and facilities; dated details; words for sectors that wait to be understood."""

    initial = True

    replaces = [
        ("registers", "0001_initial"),
        ("registers", "0002_kinds_and_dated_details"),
        ("registers", "0003_operating_state"),
    ]

    dependencies = [
        ("objects", "0001_objects"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Enterprise",
                    fields=[
                        (
                            "object",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="enterprise",
                                serialize=False,
                                to="objects.supervisedobject",
                                verbose_name="监管对象",
                            ),
                        ),
                        (
                            "industry_code",
                            models.CharField(blank=True, max_length=5, verbose_name="国民经济行业代码"),
                        ),
                        (
                            "ownership",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("state", "国有"),
                                    ("collective", "集体"),
                                    ("private", "民营"),
                                    ("foreign", "外资及港澳台资"),
                                    ("mixed", "混合所有制"),
                                    ("sole", "个体工商户"),
                                ],
                                max_length=12,
                                verbose_name="经济类型",
                            ),
                        ),
                        (
                            "scale",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("large", "大型"),
                                    ("medium", "中型"),
                                    ("small", "小型"),
                                    ("micro", "微型"),
                                    ("above", "规模以上"),
                                ],
                                max_length=12,
                                verbose_name="规模",
                            ),
                        ),
                        (
                            "staff_count",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="从业人数"),
                        ),
                        (
                            "principal_name",
                            models.CharField(blank=True, max_length=60, verbose_name="主要负责人"),
                        ),
                        (
                            "principal_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="主要负责人电话"),
                        ),
                        (
                            "safety_manager_name",
                            models.CharField(blank=True, max_length=60, verbose_name="安全管理人员"),
                        ),
                        (
                            "safety_manager_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="安全管理人员电话"),
                        ),
                        (
                            "business",
                            models.CharField(blank=True, max_length=300, verbose_name="主要产品或经营范围"),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="StandingDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("confirmed", "核实登记"),
                                    ("merged", "并入"),
                                    ("amended", "更正"),
                                    ("registered", "登记"),
                                    ("rejected", "不予登记"),
                                    ("undone", "撤销决定"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=400, verbose_name="理由")),
                        ("decided_by", models.CharField(max_length=60, verbose_name="决定人")),
                        ("decided_by_id", models.CharField(blank=True, max_length=40)),
                        ("decided_by_post", models.CharField(blank=True, max_length=120)),
                        ("at", models.DateTimeField()),
                        (
                            "into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                        (
                            "into_region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="objects.supervisedobject",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="territory.region",
                            ),
                        ),
                        ("moved", models.JSONField(blank=True, default=dict)),
                        (
                            "undoes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undone_by",
                                to="registers.standingdecision",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("into_region", None), ("object__isnull", False), ("region", None)
                                    ),
                                    models.Q(("into", None), ("object", None), ("region__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_decision_is_about_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("into__isnull", False), ("kind", "merged")),
                                    models.Q(("into_region__isnull", False), ("kind", "merged")),
                                    models.Q(
                                        models.Q(("kind", "merged"), _negated=True),
                                        ("into", None),
                                        ("into_region", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_merger_names_its_target",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "undone"), ("undoes__isnull", False)),
                                    models.Q(models.Q(("kind", "undone"), _negated=True), ("undoes", None)),
                                    _connector="OR",
                                ),
                                name="an_undoing_names_what_it_undoes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Building",
                    fields=[
                        (
                            "object",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="objects.supervisedobject",
                                verbose_name="监管对象",
                            ),
                        ),
                        (
                            "keeper_name",
                            models.CharField(blank=True, max_length=60, verbose_name="现场负责人"),
                        ),
                        (
                            "keeper_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="现场负责人电话"),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "class_of",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("high_public_1", "一类高层公共建筑"),
                                    ("high_public_2", "二类高层公共建筑"),
                                    ("high_mixed", "高层商住楼"),
                                    ("high_dwelling", "高层住宅"),
                                    ("public", "多层公共建筑"),
                                    ("plant", "厂房仓库"),
                                    ("old", "老旧房屋"),
                                    ("other", "其他"),
                                ],
                                max_length=20,
                                verbose_name="建筑类别",
                            ),
                        ),
                        ("used_for", models.CharField(blank=True, max_length=80, verbose_name="使用性质")),
                        ("floors", models.PositiveIntegerField(blank=True, null=True, verbose_name="层数")),
                        (
                            "height",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="建筑高度"
                            ),
                        ),
                        (
                            "floor_area",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="面积"
                            ),
                        ),
                        (
                            "fire_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("good", "完好有效"),
                                    ("partly", "部分故障"),
                                    ("broken", "瘫痪停用"),
                                    ("none", "未设置"),
                                    ("unknown", "不清楚"),
                                ],
                                max_length=20,
                                verbose_name="消防设施状况",
                            ),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="消防设施检测日期"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DatedDetail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("process", "危险工艺与重点环节"),
                                    ("permit", "许可证"),
                                    ("insurance", "保险"),
                                    ("standard", "安全标准化"),
                                    ("operation", "停产停业"),
                                    ("staff", "从业人数"),
                                    ("principal", "主要负责人"),
                                    ("safety_manager", "安全管理人员"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=30, verbose_name="种类")),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="名称")),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="编号")),
                        ("count", models.PositiveIntegerField(blank=True, null=True, verbose_name="人数")),
                        ("since", models.DateField(blank=True, null=True, verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="不再有效")),
                        ("said_by", models.CharField(blank=True, max_length=60, verbose_name="填写人")),
                        ("at", models.DateTimeField()),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dated_details",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["object", "kind"], name="dated_detail_of_object"),
                            models.Index(
                                condition=models.Q(("ended_on", None), ("until__isnull", False)),
                                fields=["kind", "until"],
                                name="dated_detail_lapsing",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("since", None),
                                    ("until", None),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="dated_detail_in_order",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("ended_on", None), ("kind__in", ["principal", "safety_manager", "staff"])
                                ),
                                fields=("object", "kind"),
                                name="one_present_value_of_a_single_detail",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on", None)),
                                fields=("object", "kind", "code", "name", "number", "since", "until"),
                                name="a_detail_is_told_once",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Facility",
                    fields=[
                        (
                            "object",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="objects.supervisedobject",
                                verbose_name="监管对象",
                            ),
                        ),
                        (
                            "keeper_name",
                            models.CharField(blank=True, max_length=60, verbose_name="现场负责人"),
                        ),
                        (
                            "keeper_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="现场负责人电话"),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "sort",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("boiler", "锅炉"),
                                    ("vessel", "压力容器"),
                                    ("pipe", "压力管道"),
                                    ("lift", "电梯"),
                                    ("crane", "起重机械"),
                                    ("ropeway", "客运索道"),
                                    ("rides", "大型游乐设施"),
                                    ("yard_vehicle", "场内专用机动车辆"),
                                    ("gas", "燃气设施"),
                                    ("pond", "尾矿库"),
                                    ("bridge", "桥梁隧道"),
                                    ("other", "其他"),
                                ],
                                max_length=20,
                                verbose_name="设备种类",
                            ),
                        ),
                        (
                            "serial_no",
                            models.CharField(blank=True, max_length=60, verbose_name="使用登记证编号"),
                        ),
                        (
                            "in_use",
                            models.CharField(
                                blank=True,
                                choices=[("used", "在用"), ("stopped", "停用"), ("scrapped", "报废")],
                                max_length=20,
                                verbose_name="使用状态",
                            ),
                        ),
                        ("maintainer", models.CharField(blank=True, max_length=120, verbose_name="维保单位")),
                        ("tested_on", models.DateField(blank=True, null=True, verbose_name="最近检验日期")),
                        (
                            "next_test_on",
                            models.DateField(blank=True, null=True, verbose_name="下次检验日期"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Place",
                    fields=[
                        (
                            "object",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="objects.supervisedobject",
                                verbose_name="监管对象",
                            ),
                        ),
                        (
                            "keeper_name",
                            models.CharField(blank=True, max_length=60, verbose_name="现场负责人"),
                        ),
                        (
                            "keeper_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="现场负责人电话"),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "sort",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mall", "商场市场"),
                                    ("amusement", "歌舞娱乐"),
                                    ("netbar", "网吧"),
                                    ("hotel", "宾馆饭店"),
                                    ("hospital", "医院"),
                                    ("school", "学校幼儿园"),
                                    ("care", "养老机构"),
                                    ("lunch", "小饭桌"),
                                    ("station", "车站码头"),
                                    ("sight", "旅游景区"),
                                    ("worship", "宗教活动场所"),
                                    ("labour", "劳动密集型企业"),
                                    ("rides", "游乐场所"),
                                    ("small_plant", "企业厂房"),
                                    ("shared_rent", "群租房"),
                                    ("warehouse", "仓库"),
                                    ("illegal_build", "违章搭建"),
                                    ("mixed_use", "二合一三合一"),
                                    ("water", "水域"),
                                    ("estate", "小区门面房"),
                                    ("other", "其他"),
                                ],
                                max_length=20,
                                verbose_name="场所种类",
                            ),
                        ),
                        (
                            "floor_area",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="面积"
                            ),
                        ),
                        (
                            "capacity",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="核定人数"),
                        ),
                        (
                            "exits",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="安全出口"),
                        ),
                        (
                            "fire_facilities",
                            models.CharField(blank=True, max_length=200, verbose_name="消防设施"),
                        ),
                        (
                            "fire_risk",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("high", "高"),
                                    ("higher", "较高"),
                                    ("general", "一般"),
                                    ("low", "低"),
                                ],
                                max_length=20,
                                verbose_name="火灾风险",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "object",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="objects.supervisedobject",
                                verbose_name="监管对象",
                            ),
                        ),
                        (
                            "keeper_name",
                            models.CharField(blank=True, max_length=60, verbose_name="现场负责人"),
                        ),
                        (
                            "keeper_phone",
                            models.CharField(blank=True, max_length=30, verbose_name="现场负责人电话"),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "stage",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("planned", "未开工"),
                                    ("building", "在建"),
                                    ("stopped", "停工"),
                                    ("finished", "竣工"),
                                ],
                                max_length=20,
                                verbose_name="工程状态",
                            ),
                        ),
                        ("client", models.CharField(blank=True, max_length=120, verbose_name="建设单位")),
                        ("builder", models.CharField(blank=True, max_length=120, verbose_name="施工单位")),
                        ("overseer", models.CharField(blank=True, max_length=120, verbose_name="监理单位")),
                        (
                            "permit_no",
                            models.CharField(blank=True, max_length=60, verbose_name="施工许可证号"),
                        ),
                        (
                            "floor_area",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="面积"
                            ),
                        ),
                        ("begins_on", models.DateField(blank=True, null=True, verbose_name="开工日期")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="计划竣工日期")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RegisterRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("actor_ref", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=80)),
                        ("fingerprint", models.BinaryField()),
                        ("version", models.IntegerField()),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("actor_ref", "key"), name="one_register_answer_per_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SectorWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("word", models.CharField(max_length=60, verbose_name="写法")),
                        ("name_key", models.CharField(max_length=60, unique=True)),
                        ("first_seen", models.DateTimeField()),
                        ("last_seen", models.DateTimeField()),
                        ("owner_since", models.DateTimeField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_by", models.CharField(blank=True, max_length=60, verbose_name="核定人")),
                        ("decided_by_post", models.CharField(blank=True, max_length=120)),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                                verbose_name="核定单位",
                            ),
                        ),
                        (
                            "sector",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.sector",
                                verbose_name="行业领域",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("decided_at", None)),
                                fields=["first_seen"],
                                name="sector_words_waiting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sector", None), ("decided_at__isnull", False), _connector="OR"
                                ),
                                name="a_meaning_was_decided",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SectorWordUse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("batch", models.UUIDField()),
                        ("filename", models.CharField(max_length=200, verbose_name="工作簿")),
                        ("uploaded_by", models.CharField(blank=True, max_length=120, verbose_name="上传人")),
                        ("account", models.BigIntegerField(blank=True, null=True)),
                        ("rows", models.PositiveIntegerField(verbose_name="行数")),
                        ("at", models.DateTimeField()),
                        (
                            "word",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uses",
                                to="registers.sectorword",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("word", "batch"), name="one_use_per_workbook")
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(KEEP),
    ]
