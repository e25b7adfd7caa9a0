import uuid

from django.db import migrations, models

from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """What the public sends in before anybody took it in, kept apart."""

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="DayKey",
                    fields=[
                        ("day", models.DateField(primary_key=True, serialize=False)),
                        ("secret", models.BinaryField(max_length=32)),
                    ],
                ),
                migrations.CreateModel(
                    name="HeldPhoto",
                    fields=[
                        ("uid", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("form", models.UUIDField(db_index=True)),
                        ("content", models.BinaryField()),
                        ("preview", models.BinaryField()),
                        ("size", models.PositiveIntegerField()),
                        ("source", models.BinaryField(max_length=32)),
                        ("at", models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Sent",
                    fields=[
                        ("form", models.UUIDField(primary_key=True, serialize=False)),
                        ("answer", models.BinaryField()),
                        ("at", models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Knock",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("span", models.CharField(max_length=13)),
                        ("what", models.CharField(max_length=12)),
                        ("who", models.BinaryField(max_length=16)),
                        ("count", models.BigIntegerField(default=0)),
                        ("until", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("span", "what", "who"), name="knock_once")
                        ],
                    },
                ),
            ],
        ),
    ]
