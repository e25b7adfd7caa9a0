import django.db.models.deletion
from django.db import migrations, models

from bihuan.kernel.tables import CreateTables

# No place, sector, line, enterprise or grid has two of a kind on one day. Ranges of text and of identities are types of our
# own, so that exclusion needs no extension; a path covers whatever begins with it.
_TYPES = """
CREATE TYPE naming_path_range AS RANGE (SUBTYPE = text, COLLATION = "C");
CREATE TYPE naming_object_range AS RANGE (SUBTYPE = uuid);
"""
_DURING = "daterange(since, until, '[)') WITH &&"
_WHOM = "int8range(COALESCE(unit_id, 0), COALESCE(unit_id, 0), '[]') WITH &&"
_OBJECT = "naming_object_range(object_id, object_id, '[]') WITH &&"
_PATH = "naming_path_range(region_path::text, (region_path || '~')::text, '[)') WITH &&"
_ONCE = {
    "area_once": ("area", ("region_id",), ()),
    "sector_once": ("sector", ("sector_id", "region_id"), ()),
    "portfolio_once": ("portfolio", ("agency_id",), ()),
    "paired_once": (
        "pairing",
        (),
        (_OBJECT, "int4range((unit_id IS NULL)::int, (unit_id IS NULL)::int, '[]') WITH &&"),
    ),
    "zones_apart": ("zone", (), (_PATH,)),
    "grids_apart": ("grid", (), (_PATH,)),
    "claimed_once": ("claim", (), (_OBJECT, _WHOM)),
    "comprehensive_once": ("comprehensive", ("sector_id",), ()),
    "special_once": ("special", ("sector_id",), (_WHOM,)),
}


def _exclusion(name: str) -> str:
    kind, columns, more = _ONCE[name]
    parts = [f"int8range(COALESCE({column}, 0), COALESCE({column}, 0), '[]') WITH &&" for column in columns]
    return (
        f"ALTER TABLE naming_naming ADD CONSTRAINT {name} EXCLUDE USING gist"
        f" ({', '.join([*parts, *more, _DURING])}) WHERE (kind = '{kind}');"
    )


_UNCHANGED = """
CREATE FUNCTION naming_approval_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'approvals are never changed or deleted' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER naming_approval_stays BEFORE UPDATE OR DELETE ON naming_approval
  FOR EACH ROW EXECUTE FUNCTION naming_approval_stays();
"""


class Migration(migrations.Migration):
    """Who is named for which place, sector, line or enterprise, one at a time; approvals stay."""

    initial = True

    dependencies = [
        ("objects", "0001_objects"),
        ("people", "0001_initial"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("licence", "行政许可"),
                                    ("acceptance", "验收"),
                                    ("write_off", "销号"),
                                    ("other", "其他审批"),
                                ],
                                max_length=12,
                                verbose_name="事项类别",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="事项")),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="文号、证号")),
                        ("approver", models.CharField(max_length=60, verbose_name="审批人")),
                        ("approver_post", models.CharField(max_length=120, verbose_name="审批人职务")),
                        ("signer", models.CharField(max_length=60, verbose_name="签字人")),
                        ("signer_post", models.CharField(max_length=120, verbose_name="签字人职务")),
                        ("on", models.DateField(verbose_name="日期")),
                        ("noted_by", models.CharField(max_length=60)),
                        ("noted_by_post", models.CharField(blank=True, max_length=120)),
                        ("noted_at", models.DateTimeField()),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="naming.approval",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Naming",
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
                                    ("area", "包保片区"),
                                    ("sector", "分管行业"),
                                    ("portfolio", "联系业务口"),
                                    ("pairing", "包联重点企业"),
                                    ("zone", "责任区"),
                                    ("grid", "网格"),
                                    ("claim", "辖区认领"),
                                    ("comprehensive", "综合监管"),
                                    ("special", "专项监管"),
                                ],
                                max_length=16,
                                verbose_name="种类",
                            ),
                        ),
                        ("region_path", models.CharField(blank=True, max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("words", models.CharField(blank=True, max_length=200)),
                        (
                            "frequency",
                            models.CharField(
                                blank=True,
                                choices=[("month", "每月一次"), ("quarter", "每季度一次")],
                                max_length=8,
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("document", models.CharField(blank=True, max_length=120, verbose_name="依据文件")),
                        ("reason", models.CharField(blank=True, max_length=400, verbose_name="说明")),
                        ("named_by", models.CharField(max_length=60)),
                        ("named_by_post", models.CharField(blank=True, max_length=120)),
                        ("named_at", models.DateTimeField()),
                        ("ended_by", models.CharField(blank=True, max_length=60)),
                        ("ended_reason", models.CharField(blank=True, max_length=400)),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField(default=bytes)),
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
                            "object",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
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
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
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
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["kind", "since"], name="naming_by_kind")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="naming_in_time_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("post__isnull", True), ("unit__isnull", True), _connector="XOR"
                                ),
                                name="naming_names_one",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(_TYPES),
        *(migrations.RunSQL(_exclusion(name)) for name in _ONCE),
        migrations.RunSQL(_UNCHANGED),
    ]
