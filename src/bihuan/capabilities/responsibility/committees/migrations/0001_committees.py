import django.db.models.deletion
from django.db import migrations, models

from bihuan.kernel.tables import CreateTables

ONE_CHAIR = """
ALTER TABLE committees_seat ADD CONSTRAINT one_chair_at_a_time EXCLUDE USING gist (
  int8range(committee_id, committee_id, '[]') WITH &&, daterange(since, until) WITH &&
) WHERE (role = 'chair');
ALTER TABLE committees_leadership ADD CONSTRAINT one_principal_at_a_time EXCLUDE USING gist (
  int8range(region_id, region_id, '[]') WITH &&, daterange(since, until) WITH &&
) WHERE (standing = 'principal');
"""


class Migration(migrations.Migration):
    """Committees and who sits on them: one chair and one principal of a place at a time, whatever a program does."""

    initial = True

    replaces = [
        ("committees", "0001_initial"),
        ("committees", "0002_one_at_a_time"),
    ]

    dependencies = [
        ("people", "0001_initial"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Committee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("plenary", "安全生产委员会"), ("specialist", "专业委员会")],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        ("duty", models.CharField(blank=True, max_length=1000, verbose_name="职责")),
                        ("basis", models.CharField(blank=True, max_length=120, verbose_name="成立文件")),
                        ("since", models.DateField(verbose_name="成立日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                        (
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "plenary"), ("until", None)),
                                fields=("region",),
                                name="one_committee_of_a_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "plenary"), ("lead__isnull", False), _connector="OR"
                                ),
                                name="a_specialist_committee_has_a_lead",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="a_committee_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Leadership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[("principal", "政府主要负责人"), ("deputy", "政府班子副职")],
                                max_length=10,
                                verbose_name="身份",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.post",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("region", "post"),
                                name="one_standing_of_a_post",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="leadership_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("duty", models.CharField(max_length=500, verbose_name="责任事项")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="完成期限")),
                        ("progress", models.CharField(blank=True, max_length=1000, verbose_name="进展")),
                        ("evidence", models.CharField(blank=True, max_length=500, verbose_name="佐证材料")),
                        ("reported_on", models.DateField(blank=True, null=True, verbose_name="填报日期")),
                        ("reported_by", models.CharField(blank=True, max_length=60)),
                        ("opened_on", models.DateField(verbose_name="列入日期")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="committees.committee",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("committee", "number"), name="one_line_of_a_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Priority",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("text", models.CharField(max_length=300, verbose_name="重点工作")),
                        ("figure", models.CharField(max_length=60, verbose_name="由哪项记录计数")),
                        ("times", models.PositiveSmallIntegerField(verbose_name="次数")),
                        (
                            "interval",
                            models.CharField(
                                choices=[
                                    ("month", "每月"),
                                    ("quarter", "每季度"),
                                    ("half", "每半年"),
                                    ("year", "全年"),
                                ],
                                max_length=8,
                                verbose_name="频次",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="列入日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="移出日期")),
                        ("made_by", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.post",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("post", "year", "number"), name="one_priority_of_a_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("times__gte", 1)), name="a_priority_asks_for_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="a_priority_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sampling",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.CharField(max_length=40, unique=True, verbose_name="考核轮次")),
                        ("seed", models.CharField(max_length=64)),
                        ("among", models.JSONField(default=list)),
                        ("lines", models.PositiveSmallIntegerField(verbose_name="事项数")),
                        ("complete", models.PositiveSmallIntegerField(verbose_name="有进展有佐证的事项数")),
                        (
                            "score",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="得分"),
                        ),
                        ("remark", models.CharField(blank=True, max_length=500, verbose_name="评语")),
                        ("drawn_on", models.DateField(verbose_name="抽取日期")),
                        ("drawn_by", models.CharField(max_length=60)),
                        ("scored_on", models.DateField(blank=True, null=True, verbose_name="评分日期")),
                        ("scored_by", models.CharField(blank=True, max_length=60)),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samplings",
                                to="committees.committee",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("chair", "主任"), ("vice_chair", "副主任"), ("member", "成员")],
                                max_length=12,
                                verbose_name="职务",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
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
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="committees.committee",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agency", None), ("post__isnull", False)),
                                    models.Q(("agency__isnull", False), ("post", None), ("role", "member")),
                                    _connector="OR",
                                ),
                                name="a_seat_is_a_post_or_a_unit",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("post__isnull", False), ("until", None)),
                                fields=("committee", "post"),
                                name="a_post_sits_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("agency__isnull", False), ("until", None)),
                                fields=("committee", "agency"),
                                name="a_unit_sits_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="a_seat_ends_after_it_began",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(ONE_CHAIR),
    ]
