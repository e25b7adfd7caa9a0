import django.db.models.deletion
from django.db import migrations, models

KEYED = ["drawn", "signed_in", "token"]
WITNESSED = ["drawn", "refused"]
GRANTS = """
REVOKE UPDATE, DELETE ON signatures_signature, signatures_personkey FROM app;
GRANT UPDATE (revoked_at, revoked_for) ON signatures_personkey TO app;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("people", "0001_initial")]

    operations = [
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
                ("revoked_for", models.CharField(blank=True, max_length=200, verbose_name="停用原因")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("person",),
                        name="a_person_has_one_key_in_force",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "matter",
                        "seq",
                        "person",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="signatures.personkey",
                    ),
                ),
                ("seq", models.IntegerField()),
                ("matter", models.UUIDField()),
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
                ("value", models.BinaryField()),
                ("witness", models.TextField(default="", verbose_name="见证人")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key__isnull", False), ("kind__in", KEYED)),
                            models.Q(models.Q(("kind__in", KEYED), _negated=True), ("key__isnull", True)),
                            _connector="OR",
                        ),
                        name="signature_by_a_key_has_a_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", WITNESSED), _negated=True),
                            models.Q(("witness", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="signature_before_a_witness_names_one",
                    ),
                ]
            },
        ),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
