from django.db import migrations, models

import bihuan.kernel.uid
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """What headings of ledgers mean, and each import."""

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="HeadingSynonym",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30)),
                        ("field", models.CharField(max_length=40)),
                        ("heading", models.CharField(max_length=60, verbose_name="表头")),
                        ("heading_key", models.CharField(max_length=60)),
                        ("added_by", models.CharField(blank=True, max_length=120)),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "heading_key"), name="one_meaning_per_heading"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportBatch",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("kind", models.CharField(max_length=30)),
                        ("filename", models.CharField(max_length=200, verbose_name="文件名")),
                        ("size", models.BigIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                        ("account", models.BigIntegerField(blank=True, null=True)),
                        ("uploaded_by", models.CharField(max_length=120, verbose_name="上传人")),
                        ("uploaded_post", models.CharField(blank=True, max_length=160)),
                        ("origin", models.CharField(default="web", max_length=20)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("uploaded", "已上传"),
                                    ("parsing", "正在读取"),
                                    ("preview", "待确认"),
                                    ("confirmed", "已确认，等待导入"),
                                    ("importing", "正在导入"),
                                    ("done", "已导入"),
                                    ("failed", "未导入"),
                                ],
                                default="uploaded",
                                max_length=12,
                            ),
                        ),
                        ("partial", models.BooleanField(default=False, verbose_name="只导入正确的行")),
                        ("choices", models.JSONField(blank=True, default=dict)),
                        ("summary", models.JSONField(blank=True, default=dict)),
                        ("result", models.JSONField(blank=True, default=dict)),
                        ("reasons", models.JSONField(blank=True, default=list)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["account", "-created_at"], name="batch_by_account"),
                            models.Index(fields=["kind", "-created_at"], name="batch_by_kind"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "uploaded",
                                            "parsing",
                                            "preview",
                                            "confirmed",
                                            "importing",
                                            "done",
                                            "failed",
                                        ],
                                    )
                                ),
                                name="batch_status_known",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
