import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models

from bihuan.capabilities.responsibility.duties.figures import SPELLS
from bihuan.kernel.figures import tally
from bihuan.kernel.tables import CreateTables

FREEZE = """
CREATE FUNCTION duties_published_item_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.list_id ELSE OLD.list_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM duties_publishedlist WHERE id = held AND published_at IS NOT NULL) THEN
    RAISE EXCEPTION 'items of a published list stay as they are' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER duties_published_item_stays BEFORE INSERT OR UPDATE OR DELETE ON duties_listitem
  FOR EACH ROW EXECUTE FUNCTION duties_published_item_stays();
CREATE FUNCTION duties_published_list_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL THEN
    RAISE EXCEPTION 'a published list stays as it is' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER duties_published_list_stays BEFORE UPDATE OR DELETE ON duties_publishedlist
  FOR EACH ROW EXECUTE FUNCTION duties_published_list_stays();
"""


class Migration(migrations.Migration):
    """Requirements, rules and lists of duties; published lists stay as they are, coverage is counted beside its spells."""

    initial = True

    replaces = [
        ("duties", "0001_initial"),
        ("duties", "0002_coverage_and_published_lists"),
        ("duties", "0003_longer_subjects"),
    ]

    dependencies = [
        ("figures", "0001_initial"),
        ("objects", "0001_objects"),
        ("people", "0001_initial"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="RequirementItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True, verbose_name="要求")),
                    ],
                ),
                migrations.CreateModel(
                    name="RequirementSet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                        ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                        ("warning", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="RuleDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, unique=True, verbose_name="文件名称")),
                        ("issuer", models.CharField(blank=True, max_length=120, verbose_name="制定机关")),
                    ],
                ),
                migrations.CreateModel(
                    name="PublishedList",
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
                                choices=[("power", "权力清单"), ("duty", "责任清单")],
                                max_length=6,
                                verbose_name="清单",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(verbose_name="版次")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="修订说明")),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="施行日期")),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="公布时间"),
                        ),
                        ("published_by", models.CharField(blank=True, max_length=60)),
                        ("published_by_post", models.CharField(blank=True, max_length=120)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "kind", "version"), name="one_list_of_a_version"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("published_at", None)),
                                fields=("agency", "kind"),
                                name="one_draft_of_a_list",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("published_at__isnull", False)),
                                fields=("agency", "kind", "effective_from"),
                                name="one_list_in_force_from_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_at", None), ("effective_from__isnull", False), _connector="OR"
                                ),
                                name="a_published_list_says_since_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, verbose_name="编号")),
                        ("title", models.CharField(max_length=200, verbose_name="事项")),
                        ("text", models.CharField(blank=True, max_length=1000, verbose_name="内容")),
                        ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                        ("order", models.PositiveIntegerField()),
                        (
                            "list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="duties.publishedlist",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("list", "number"), name="one_item_of_a_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("passed", models.BooleanField(verbose_name="符合")),
                        ("evidence", models.CharField(max_length=500, verbose_name="依据的事实")),
                        ("found_on", models.DateField(verbose_name="核查日期")),
                        ("found_by", models.CharField(max_length=60)),
                        ("found_by_post", models.CharField(blank=True, max_length=120)),
                        ("at", models.DateTimeField()),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="duties.requirementitem",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["object", "item", "-found_on", "-id"], name="latest_item_finding"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("effective_from", models.DateField(verbose_name="施行日期")),
                        (
                            "verification",
                            models.CharField(
                                choices=[("V1", "已核对原文"), ("V2", "二手材料印证"), ("K", "待核对")],
                                default="K",
                                max_length=2,
                                verbose_name="核对情况",
                            ),
                        ),
                        ("made_by", models.CharField(max_length=60)),
                        ("made_by_post", models.CharField(blank=True, max_length=120)),
                        ("at", models.DateTimeField()),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="duties.ruledocument",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "effective_from"), name="one_rule_version_a_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("label", models.CharField(max_length=40, verbose_name="条款")),
                        ("text", models.CharField(blank=True, max_length=2000, verbose_name="内容")),
                        ("order", models.IntegerField(default=0)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clauses",
                                to="duties.ruleversion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "label"), name="one_clause_of_a_label")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SafetyRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("role", models.CharField(max_length=30, verbose_name="职位")),
                        ("holder", models.CharField(max_length=120, verbose_name="人员或机构")),
                        ("part", models.CharField(blank=True, max_length=120, verbose_name="负责区域或说明")),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("made_by", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("object", "role", "holder", "part"),
                                name="a_safety_role_is_told_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SetItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="duties.requirementitem",
                            ),
                        ),
                        (
                            "set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="duties.requirementset",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("set", "item"), name="an_item_once_in_a_set")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Spell",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("check_name", models.CharField(max_length=20)),
                        ("subject", models.CharField(max_length=100)),
                        ("label", models.CharField(max_length=200)),
                        ("passes", models.BooleanField()),
                        ("why", models.CharField(blank=True, max_length=300)),
                        ("level", models.CharField(max_length=16)),
                        ("region_path", models.CharField(blank=True, max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("agency", models.BigIntegerField(default=0)),
                        ("object", models.UUIDField(blank=True, null=True)),
                        ("href", models.CharField(blank=True, max_length=200)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("until", None)),
                                fields=["check_name", "passes", "label"],
                                name="spells_now",
                            ),
                            models.Index(fields=["since"], name="spells_by_beginning"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("check_name", "subject"),
                                name="one_present_spell",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Staffing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("body", models.CharField(blank=True, max_length=80, verbose_name="安全监管机构")),
                        ("establishment", models.PositiveIntegerField(verbose_name="编制数")),
                        ("on_post", models.PositiveIntegerField(verbose_name="在岗人数")),
                        ("certified", models.PositiveIntegerField(verbose_name="持执法证人数")),
                        ("speciality", models.CharField(blank=True, max_length=200, verbose_name="专业情况")),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("made_by", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("agency",),
                                name="one_staffing_of_a_unit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("certified__lte", models.F("on_post"))),
                                name="certificates_are_held_by_staff",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("object", models.UUIDField(blank=True, null=True)),
                        ("region_path", models.CharField(blank=True, max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("district_level", "区级"),
                                    ("town_level", "镇街"),
                                    ("enterprise_level", "企业"),
                                ],
                                max_length=16,
                                verbose_name="层级",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("government", "政府监管责任"), ("enterprise", "企业主体责任")],
                                max_length=12,
                                verbose_name="责任主体",
                            ),
                        ),
                        (
                            "duty_class",
                            models.CharField(
                                choices=[
                                    ("leadership", "党政领导责任"),
                                    ("regulatory", "部门监管责任"),
                                    ("territorial", "属地管理责任"),
                                    ("enterprise", "企业主体责任"),
                                ],
                                max_length=12,
                                verbose_name="责任类别",
                            ),
                        ),
                        (
                            "oversight",
                            models.CharField(
                                blank=True,
                                choices=[("comprehensive", "综合监管"), ("sector", "行业监管")],
                                max_length=14,
                                verbose_name="监管方式",
                            ),
                        ),
                        ("text", models.CharField(max_length=2000, verbose_name="职责")),
                        ("basis", models.CharField(blank=True, max_length=200, verbose_name="其他依据")),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("made_by", models.CharField(max_length=60, verbose_name="登记人")),
                        ("made_by_post", models.CharField(blank=True, max_length=120)),
                        ("at", models.DateTimeField()),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="duties.clause",
                            ),
                        ),
                        (
                            "follows",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="duties.duty",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.post",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("until", None)), fields=["post"], name="duty_of_post"
                            ),
                            models.Index(
                                condition=models.Q(("post", None), ("until", None)),
                                fields=["agency"],
                                name="duty_of_unit",
                            ),
                            models.Index(
                                condition=models.Q(("object__isnull", False)),
                                fields=["object"],
                                name="duty_of_object",
                            ),
                            models.Index(
                                condition=models.Q(("until", None)), fields=["clause"], name="duty_by_clause"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("post__isnull", False), ("agency__isnull", False), _connector="OR"
                                ),
                                name="a_duty_has_a_holder",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="a_duty_says_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="a_duty_ends_after_it_began",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("duty_class", "enterprise"), ("side", "enterprise")),
                                    models.Q(
                                        models.Q(("duty_class", "enterprise"), _negated=True),
                                        ("side", "government"),
                                    ),
                                    _connector="OR",
                                ),
                                name="enterprise_duties_are_of_the_enterprise_side",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("duty_class", "regulatory"),
                                        models.Q(("oversight", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("duty_class", "regulatory"), _negated=True),
                                        ("oversight", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="only_regulators_oversee",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.comparison.Coalesce(
                                    "post", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "agency", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.text.MD5("text"),
                                condition=models.Q(("until", None)),
                                name="a_duty_is_told_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InnerPost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="岗位")),
                        ("people", models.PositiveIntegerField(default=1, verbose_name="在岗人数")),
                        (
                            "duties",
                            models.CharField(
                                blank=True, max_length=2000, verbose_name="岗位安全生产责任清单"
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("made_by", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("object", "name"),
                                name="one_inner_post_of_a_name",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(tally.create_sql(SPELLS)),
        migrations.RunSQL(FREEZE),
    ]
