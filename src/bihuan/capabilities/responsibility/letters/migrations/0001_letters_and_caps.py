import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.responsibility.letters.figures import LETTERS
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables

HOLD = """
CREATE FUNCTION letters_caps_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken record;
BEGIN
    SELECT upper.no, cap.label, cap."limit", sum(part."limit") AS total INTO broken
      FROM letters_letter upper
      CROSS JOIN LATERAL jsonb_to_recordset(upper.targets) AS cap(label text, kind text, "limit" integer)
      JOIN letters_letter lower ON lower.year = upper.year AND lower.issuer_key = upper.receiver_key AND NOT lower.ended
      CROSS JOIN LATERAL jsonb_to_recordset(lower.targets) AS part(label text, kind text, "limit" integer)
     WHERE upper.year = NEW.year AND upper.receiver_key IN (NEW.issuer_key, NEW.receiver_key) AND NOT upper.ended
       AND cap.kind = 'cap' AND part.kind = 'cap' AND part.label = cap.label
     GROUP BY upper.uid, upper.no, lower.level, cap.label, cap."limit"
    HAVING sum(part."limit") > cap."limit"
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'letter %: % comes to % below a cap of %', broken.no, broken.label, broken.total, broken."limit"
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER letters_caps_hold AFTER INSERT OR UPDATE OF targets, ended, year, level, issuer_key, receiver_key
    ON letters_letter FOR EACH ROW EXECUTE FUNCTION letters_caps_hold();
"""


class Migration(migrations.Migration):
    """Letters, each moved only with its entry, signed by two persons; what is handed down never exceeds what was given."""

    initial = True

    replaces = [
        ("letters", "0001_letters"),
        ("letters", "0002_caps_hold"),
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
                    name="Letter",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("no", models.CharField(max_length=24, unique=True, verbose_name="编号")),
                        ("state", models.CharField(max_length=32, verbose_name="状态")),
                        ("version", models.IntegerField(default=1)),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("opened_at", models.DateTimeField()),
                        ("deadline", models.DateField(blank=True, null=True, verbose_name="期限")),
                        ("deadline_note", models.JSONField(blank=True, null=True)),
                        ("escalated", models.SmallIntegerField(default=0)),
                        ("duties", models.JSONField(blank=True, null=True)),
                        ("duty_on", models.DateField(blank=True, null=True)),
                        ("hands", models.JSONField(default=dict)),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField()),
                        ("year", models.SmallIntegerField(verbose_name="年度")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("superior", "上级对本区"),
                                    ("town", "区对镇街"),
                                    ("department", "区对部门"),
                                    ("enterprise", "镇街对企业"),
                                    ("village", "镇街对村（社区）"),
                                ],
                                max_length=12,
                                verbose_name="层级",
                            ),
                        ),
                        ("issuer_key", models.CharField(max_length=60)),
                        ("issuer_name", models.CharField(max_length=100, verbose_name="下达单位")),
                        (
                            "issuer_post",
                            models.BigIntegerField(blank=True, null=True, verbose_name="下达方签订岗位"),
                        ),
                        ("issuer_title", models.CharField(blank=True, max_length=120)),
                        ("receiver_key", models.CharField(max_length=60)),
                        ("receiver_name", models.CharField(max_length=100, verbose_name="责任单位")),
                        (
                            "receiver_post",
                            models.BigIntegerField(blank=True, null=True, verbose_name="责任单位签订岗位"),
                        ),
                        ("receiver_title", models.CharField(blank=True, max_length=120)),
                        ("targets", models.JSONField(default=list, verbose_name="目标")),
                        ("measures", models.CharField(blank=True, max_length=4000, verbose_name="保障措施")),
                        ("rewards", models.CharField(blank=True, max_length=2000, verbose_name="考核与奖惩")),
                        (
                            "conference_title",
                            models.CharField(blank=True, max_length=120, verbose_name="年度安全生产工作会议"),
                        ),
                        (
                            "conference_no",
                            models.CharField(blank=True, max_length=24, verbose_name="会议编号"),
                        ),
                        ("conference_on", models.DateField(blank=True, null=True, verbose_name="会议日期")),
                        ("document_no", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("edition", models.SmallIntegerField(default=1, verbose_name="版次")),
                        ("former", models.JSONField(default=list)),
                        ("drafted_on", models.DateField(verbose_name="起草日期")),
                        ("issued_on", models.DateField(blank=True, null=True, verbose_name="下达方签订日期")),
                        (
                            "issued_by",
                            models.CharField(blank=True, max_length=60, verbose_name="下达方签订人"),
                        ),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="签订日期")),
                        (
                            "signed_by",
                            models.CharField(blank=True, max_length=60, verbose_name="责任单位签订人"),
                        ),
                        (
                            "first_signed_on",
                            models.DateField(blank=True, null=True, verbose_name="首次签订日期"),
                        ),
                        (
                            "returned",
                            models.CharField(blank=True, max_length=2000, verbose_name="退回修改的理由"),
                        ),
                        ("alarms", models.JSONField(default=dict)),
                        ("alarm", models.SmallIntegerField(default=0, verbose_name="预警")),
                        ("merit", models.CharField(blank=True, max_length=12, verbose_name="考核等次")),
                        ("appraised_on", models.DateField(blank=True, null=True, verbose_name="考核日期")),
                        ("ended", models.BooleanField(default=False)),
                        ("withdrawn", models.BooleanField(default=False)),
                        ("search", bihuan.kernel.search.PairCodesField(editable=False, null=True)),
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
                        (
                            "issuer",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["year", "issuer_key"], name="letter_by_issuer"),
                            models.Index(fields=["agency", "state", "deadline"], name="letter_by_unit"),
                            models.Index(fields=["region_path", "state"], name="letter_by_place"),
                            models.Index(fields=["drafted_on", "uid"], name="letter_by_drafting"),
                            models.Index(fields=["state", "deadline"], name="letter_by_state"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended", False)),
                                fields=("year", "receiver_key"),
                                name="one_letter_a_year_and_unit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "drafted",
                                            "awaiting",
                                            "in_force",
                                            "appraised",
                                            "terminated",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="letter_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", ["superior", "town", "department", "enterprise", "village"])
                                ),
                                name="letter_level_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merit__in", ["", "excellent", "good", "passed", "failed"])
                                ),
                                name="letter_merit_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["in_force", "appraised"]), _negated=True),
                                    models.Q(("issued_on__isnull", False), ("signed_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="letter_in_force_is_signed_by_both",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended", True), ("state__in", ["withdrawn", "terminated"])),
                                    models.Q(
                                        ("ended", False),
                                        models.Q(("state__in", ["withdrawn", "terminated"]), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="letter_ended_as_its_state_says",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("letters_letter")),
        migrations.RunSQL("""
            ALTER TABLE letters_letter ADD CONSTRAINT letter_signed_by_two_persons CHECK (
                state NOT IN ('in_force', 'appraised') OR hands->'issue' IS NULL OR hands->'sign' IS NULL
                OR hands->'issue' <> hands->'sign');
            """),
        migrations.RunSQL(tally.create_sql(LETTERS)),
        migrations.RunSQL(HOLD),
    ]
