import django.db.models.deletion
from django.db import migrations, models

from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Notices, each to whom it concerns."""

    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("matter_kind", models.CharField(blank=True, max_length=40)),
                        ("matter", models.UUIDField(blank=True, db_index=True, null=True)),
                        ("matter_no", models.CharField(blank=True, max_length=40)),
                        ("text", models.CharField(max_length=400, verbose_name="内容")),
                        ("urgent", models.BooleanField(default=False, verbose_name="紧急")),
                        ("reminder", models.CharField(blank=True, max_length=120)),
                        ("created_at", models.DateTimeField()),
                        ("not_before", models.DateTimeField()),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="people.person",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="people.post",
                            ),
                        ),
                        (
                            "read_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("read_at", None)),
                                fields=["person", "not_before"],
                                name="notice_unread_person",
                            ),
                            models.Index(
                                condition=models.Q(("read_at", None)),
                                fields=["post", "not_before"],
                                name="notice_unread_post",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("person__isnull", False), ("post__isnull", True)),
                                    models.Q(("person__isnull", True), ("post__isnull", False)),
                                    _connector="OR",
                                ),
                                name="notice_has_one_recipient",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("person__isnull", False), models.Q(("reminder", ""), _negated=True)
                                ),
                                fields=("person", "reminder"),
                                name="one_reminder_per_person",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("post__isnull", False), models.Q(("reminder", ""), _negated=True)
                                ),
                                fields=("post", "reminder"),
                                name="one_reminder_per_post",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
