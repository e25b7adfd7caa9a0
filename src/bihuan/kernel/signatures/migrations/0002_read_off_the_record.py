import django.db.models.deletion
from django.db import migrations, models

VIEW = """
DROP TABLE signatures_signature;
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
KINDS = [
    ("signed_in", "本人登录签名"),
    ("token", "接口令牌签名"),
    ("drawn", "见证下手写签名"),
    ("scanned", "扫描签名"),
    ("claimed", "台账所载签名"),
    ("refused", "拒签（有见证）"),
]


class Migration(migrations.Migration):
    """A signature lies in the entry it stands under; what was a table of its own is read off the record."""

    dependencies = [("signatures", "0001_initial"), ("record", "0002_words_and_facts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(VIEW, migrations.RunSQL.noop)],
            state_operations=[
                migrations.DeleteModel("Signature"),
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
                        ("kind", models.TextField(choices=KINDS)),
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
                    options={"db_table": "signatures_signature", "managed": False},
                ),
            ],
        ),
    ]
