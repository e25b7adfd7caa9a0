from __future__ import annotations

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.hazards.figures import HAZARDS
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard, guard_new
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Hazards: moved only with their entry, counted as they change, found by few and small indexes."""

    initial = True

    replaces = [
        ("hazards", "0001_initial"),
        ("hazards", "0002_tally"),
        ("hazards", "0003_facets"),
        ("hazards", "0004_tally_timely"),
        ("hazards", "0005_spots"),
        ("hazards", "0005_duties"),
        ("hazards", "0006_many_at_once"),
        ("hazards", "0007_spot_draws"),
        ("hazards", "0008_pair_codes"),
        ("hazards", "0009_origin"),
        ("hazards", "0010_tally_urged"),
        ("hazards", "0011_reported_rows"),
    ]

    dependencies = [
        ("figures", "0001_initial"),
        ("loops", "0001_loops"),
        ("objects", "0001_objects"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Hazard",
                    fields=[
                        # In the order of their alignment, so that a row has no holes.
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                        (
                            "recurs",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recurrences",
                                to="hazards.hazard",
                            ),
                        ),
                        ("batch", models.UUIDField(blank=True, null=True)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        ("finder", models.BigIntegerField(blank=True, null=True)),
                        ("funds_planned_fen", models.BigIntegerField(blank=True, null=True)),
                        ("funds_spent_fen", models.BigIntegerField(blank=True, null=True)),
                        ("version", models.IntegerField(default=1)),
                        ("entry_count", models.IntegerField(default=0)),
                        ("deadline", models.DateField(blank=True, null=True, verbose_name="期限")),
                        ("found_on", models.DateField(verbose_name="发现日期")),
                        ("rectify_by", models.DateField(blank=True, null=True, verbose_name="整改期限")),
                        (
                            "rectified_on",
                            models.DateField(blank=True, null=True, verbose_name="整改完成日期"),
                        ),
                        ("accepted_on", models.DateField(blank=True, null=True, verbose_name="验收日期")),
                        ("reported_to_regulator_on", models.DateField(blank=True, null=True)),
                        ("reported_to_workers_on", models.DateField(blank=True, null=True)),
                        ("escalated", models.SmallIntegerField(default=0)),
                        ("failed_acceptances", models.SmallIntegerField(default=0)),
                        ("recurrence", models.SmallIntegerField(default=0)),
                        ("voluntary", models.BooleanField(default=False, verbose_name="主动报告")),
                        ("accepted_claimed", models.BooleanField(default=False)),
                        ("claimed", models.BooleanField(default=False, verbose_name="台账所载")),
                        ("voided", models.BooleanField(default=False)),
                        ("no", models.CharField(max_length=24, unique=True, verbose_name="编号")),
                        ("state", models.CharField(max_length=32, verbose_name="状态")),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("deadline_note", models.JSONField(blank=True, null=True)),
                        ("hands", models.JSONField(default=dict)),
                        ("head", models.BinaryField()),
                        (
                            "grade",
                            models.CharField(
                                choices=[("general", "一般"), ("major", "重大")],
                                max_length=8,
                                verbose_name="等级",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("self_check", "自查"),
                                    ("routine", "日常"),
                                    ("special", "专项"),
                                    ("joint", "联合"),
                                    ("supervision_visit", "督查"),
                                    ("undercover", "暗访"),
                                    ("leader_led", "领导带队"),
                                    ("tip_off", "举报"),
                                    ("expert", "专家"),
                                    ("grid", "网格"),
                                    ("transfer", "移交"),
                                    ("congress", "人大"),
                                ],
                                max_length=20,
                                verbose_name="来源",
                            ),
                        ),
                        ("campaign", models.CharField(blank=True, max_length=60, verbose_name="专项行动")),
                        ("category", models.CharField(blank=True, max_length=20, verbose_name="隐患类别")),
                        ("description", models.CharField(max_length=2000, verbose_name="隐患描述")),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="部位")),
                        ("criterion", models.CharField(blank=True, max_length=20, verbose_name="判定标准")),
                        ("found_by", models.CharField(max_length=60, verbose_name="检查人")),
                        (
                            "responsible_person",
                            models.CharField(blank=True, max_length=60, verbose_name="整改责任人"),
                        ),
                        ("measures", models.CharField(blank=True, max_length=2000, verbose_name="整改措施")),
                        (
                            "contingency_plan",
                            models.CharField(blank=True, max_length=500, verbose_name="应急预案"),
                        ),
                        (
                            "rectification",
                            models.CharField(blank=True, max_length=2000, verbose_name="整改情况"),
                        ),
                        ("accepted_by", models.CharField(blank=True, max_length=60, verbose_name="验收人")),
                        ("extension", models.JSONField(blank=True, null=True)),
                        ("row_key", models.BinaryField(null=True)),
                        ("row_facts", models.JSONField(null=True)),
                        ("spot", models.BigIntegerField(editable=False, null=True)),
                        ("duties", models.JSONField(blank=True, null=True)),
                        ("duty_on", models.DateField(blank=True, null=True)),
                        ("self_accepted", models.BooleanField(default=False)),
                        ("leniency", models.CharField(blank=True, default="", max_length=8)),
                        ("search", bihuan.kernel.search.PairCodesField(editable=False, null=True)),
                        (
                            "origin",
                            models.CharField(blank=True, default="", max_length=24, verbose_name="来源编号"),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["object", "-found_on"], name="hazard_by_object"),
                            models.Index(fields=["region_path", "state", "deadline"], name="hazard_by_town"),
                            models.Index(fields=["found_on", "uid"], name="hazard_by_found"),
                            models.Index(
                                condition=models.Q(("accepted_on__isnull", False)),
                                fields=["accepted_on"],
                                name="hazard_by_accepted",
                            ),
                            models.Index(fields=["rectify_by"], name="hazard_by_due"),
                            models.Index(
                                condition=models.Q(
                                    ("state__in", ["reported", "rectifying", "awaiting_acceptance"])
                                ),
                                fields=["deadline", "uid"],
                                name="hazard_open_by_deadline",
                            ),
                            models.Index(
                                condition=models.Q(("spot__isnull", False), ("voided", False)),
                                fields=["spot", "found_on"],
                                name="hazard_by_spot",
                            ),
                            models.Index(
                                condition=models.Q(("duty_on__isnull", False)),
                                fields=["duty_on", "uid"],
                                name="hazard_by_duty",
                            ),
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="hazard_search"),
                            models.Index(
                                condition=models.Q(("origin", ""), _negated=True),
                                fields=["origin"],
                                name="hazard_by_origin",
                            ),
                            models.Index(
                                condition=models.Q(("recurrence__gt", 0)),
                                fields=["found_on"],
                                name="hazard_repeats",
                            ),
                            models.Index(
                                condition=models.Q(("grade", "major"), ("voided", False)),
                                fields=["rectify_by", "found_on", "uid"],
                                name="hazard_majors",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("row_key",), name="one_hazard_per_ledger_row"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "reported",
                                            "rectifying",
                                            "awaiting_acceptance",
                                            "closed",
                                            "referred",
                                            "merged",
                                            "voided",
                                        ],
                                    )
                                ),
                                name="hazard_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "source__in",
                                        [
                                            "self_check",
                                            "routine",
                                            "special",
                                            "joint",
                                            "supervision_visit",
                                            "undercover",
                                            "leader_led",
                                            "tip_off",
                                            "expert",
                                            "grid",
                                            "transfer",
                                            "congress",
                                        ],
                                    )
                                ),
                                name="hazard_source_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grade__in", ["general", "major"])),
                                name="hazard_grade_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rectified_on", None),
                                    ("rectified_on__gte", models.F("found_on")),
                                    _connector="OR",
                                ),
                                name="rectified_after_found",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted_on", None),
                                    ("rectified_on", None),
                                    ("accepted_on__gte", models.F("rectified_on")),
                                    _connector="OR",
                                ),
                                name="accepted_after_rectified",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    ("accepted_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="closed_when_accepted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("funds_spent_fen", None),
                                        ("funds_spent_fen__gte", 0),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("funds_planned_fen", None),
                                        ("funds_planned_fen__gte", 0),
                                        _connector="OR",
                                    ),
                                ),
                                name="funds_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Listing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("level", models.CharField(max_length=12, verbose_name="督办层级")),
                        ("leader_post", models.BigIntegerField(null=True, verbose_name="包保领导岗位")),
                        ("leader_name", models.CharField(max_length=120, verbose_name="包保领导")),
                        ("listed_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("delisted_on", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "hazard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="listings",
                                to="hazards.hazard",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                                verbose_name="督办牵头单位",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("delisted_on__isnull", True)),
                                fields=("hazard",),
                                name="one_open_listing_per_hazard",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpotCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("by", models.CharField(max_length=60)),
                        ("passed", models.BooleanField()),
                        ("finding", models.CharField(blank=True, max_length=500)),
                        (
                            "hazard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="spot_checks",
                                to="hazards.hazard",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SpotDraw",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.CharField(max_length=7)),
                        ("drawn_on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("share", models.SmallIntegerField()),
                        ("among", models.IntegerField()),
                        ("settled", models.BooleanField(default=False)),
                        (
                            "hazard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draws",
                                to="hazards.hazard",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["month", "unit"], name="spot_draw_by_unit")],
                        "constraints": [
                            models.UniqueConstraint(fields=("hazard", "month"), name="drawn_once_a_month")
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("hazards_hazard")),
        # Ledgers bring many at once: the entries of all new rows of a statement are looked for together.
        migrations.RunSQL(guard_new("hazards_hazard")),
        migrations.RunSQL(
            """
            ALTER TABLE hazards_hazard ADD CONSTRAINT accepter_is_not_the_rectifier CHECK (
                state <> 'closed' OR hands->'accept' IS NULL OR hands->'submit_rectification' IS NULL
                OR hands->'accept' <> hands->'submit_rectification');
            """
        ),
        migrations.RunSQL(
            "CREATE INDEX hazard_by_spending ON hazards_hazard (rectified_on) "
            f"WHERE ({HAZARDS.dates['spent'].unless}) IS NOT TRUE"
        ),
        # By town, trade, agency, source and the like from one small index (see ``models.FACETS``).
        migrations.RunSQL(
            """
            CREATE INDEX hazard_by_facets ON hazards_hazard USING gin ((array_remove(ARRAY[
                'r' || split_part(region_path, '.', 2),
                's' || split_part(sector_path, '.', 1),
                'a' || agency_id::text,
                'u' || source::text,
                CASE WHEN grade <> 'general' THEN 'g' || grade::text END,
                CASE WHEN state <> 'closed' THEN 't' || state::text END,
                'f' || finder::text,
                'b' || batch::text,
                CASE WHEN campaign <> '' THEN 'c' || campaign::text END
            ], NULL))) WITH (fastupdate = on)
            """
        ),
        # The framework adds an index for patterns to every unique text; numbers are only ever asked for whole.
        migrations.RunSQL("DROP INDEX hazards_hazard_no_6f6326c8_like"),
        migrations.RunSQL(tally.create_sql(HAZARDS)),
    ]
