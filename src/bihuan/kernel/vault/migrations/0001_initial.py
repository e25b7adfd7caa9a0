from django.db import migrations, models

from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Values under a key of their matter: written once, gone for good with the key."""

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="VaultKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("matter", models.UUIDField(unique=True)),
                        ("locked", models.BinaryField()),
                        ("master", models.TextField()),
                        ("made_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="VaultValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("matter", models.UUIDField()),
                        ("field", models.TextField()),
                        ("key", models.BigIntegerField()),
                        ("commitment", models.BinaryField()),
                        ("locked", models.BinaryField()),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["matter", "field"], name="vault_value_of")],
                    },
                ),
            ],
        ),
        migrations.RunSQL("REVOKE UPDATE ON vault_vaultkey, vault_vaultvalue FROM app"),
    ]
