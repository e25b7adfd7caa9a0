import django.db.models.deletion
from django.db import migrations, models

from bihuan.kernel.tables import CreateTables

GRANTS = """
REVOKE UPDATE, DELETE ON signatures_personkey FROM app;
GRANT UPDATE (revoked_at, revoked_for) ON signatures_personkey TO app;
"""
VIEW = """
CREATE VIEW signatures_signature AS
    SELECT e.matter, e.seq, h.signer AS person_id, h.signed_as AS kind, k.id AS key_id, e.signature AS value,
           e.recorded_at AS at, h.witness
      FROM record_entry e
      JOIN record_hand h ON h.id = e.hand
      LEFT JOIN signatures_personkey k ON k.fingerprint = h.key AND h.key <> ''
     WHERE h.signer IS NOT NULL;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
        REVOKE ALL ON signatures_signature FROM app;
        GRANT SELECT ON signatures_signature TO app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    """Persons' keys; a signature lies in the entry it stands under and is read off the record."""

    initial = True

    replaces = [
        ("signatures", "0001_initial"),
        ("signatures", "0002_read_off_the_record"),
    ]

    dependencies = [
        ("people", "0001_initial"),
        ("record", "0001_record"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="PersonKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="keys",
                                to="people.person",
                            ),
                        ),
                        ("fingerprint", models.CharField(max_length=16, unique=True)),
                        ("public", models.BinaryField()),
                        ("locked", models.BinaryField()),
                        ("locked_by", models.TextField()),
                        ("valid_from", models.DateTimeField(verbose_name="启用时间")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                        (
                            "revoked_for",
                            models.CharField(blank=True, max_length=200, verbose_name="停用原因"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                fields=("person",),
                                name="a_person_has_one_key_in_force",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "matter", "seq", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("matter", models.UUIDField()),
                        ("seq", models.IntegerField()),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "kind",
                            models.TextField(
                                choices=[
                                    ("signed_in", "本人登录签名"),
                                    ("token", "接口令牌签名"),
                                    ("drawn", "见证下手写签名"),
                                    ("scanned", "扫描签名"),
                                    ("claimed", "台账所载签名"),
                                    ("refused", "拒签（有见证）"),
                                ]
                            ),
                        ),
                        (
                            "key",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="signatures.personkey",
                            ),
                        ),
                        ("value", models.BinaryField()),
                        ("at", models.DateTimeField()),
                        ("witness", models.TextField(default="", verbose_name="见证人")),
                    ],
                    options={
                        "db_table": "signatures_signature",
                        "managed": False,
                    },
                ),
            ],
        ),
        migrations.RunSQL(GRANTS),
        migrations.RunSQL(VIEW),
    ]
