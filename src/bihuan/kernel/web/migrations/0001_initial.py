from django.db import migrations, models

from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Runs of the verification of the record that somebody asked for."""

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="VerificationRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_by", models.CharField(blank=True, max_length=120)),
                        ("asked_at", models.DateTimeField()),
                        ("begun_at", models.DateTimeField(null=True)),
                        ("finished_at", models.DateTimeField(null=True)),
                        ("failed", models.CharField(blank=True, max_length=400)),
                        ("entries", models.BigIntegerField(default=0)),
                        ("not_yet_sealed", models.BigIntegerField(default=0)),
                        ("found", models.IntegerField(default=0)),
                        ("findings", models.JSONField(default=list)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-asked_at"], name="verification_newest")],
                    },
                ),
            ],
        ),
    ]
