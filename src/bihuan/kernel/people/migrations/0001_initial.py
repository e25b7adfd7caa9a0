import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Persons, posts and who holds them since when: one holder at a time."""

    initial = True

    dependencies = [
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("username", models.CharField(max_length=60, unique=True, verbose_name="账号")),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                        ("must_change_password", models.BooleanField(default=True, verbose_name="须改密码")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="user",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="电话")),
                        (
                            "certificate_no",
                            models.CharField(blank=True, max_length=40, verbose_name="执法证号"),
                        ),
                        (
                            "certificate_until",
                            models.DateField(blank=True, null=True, verbose_name="执法证有效期"),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.BinaryField(unique=True)),
                        ("scope", models.CharField(blank=True, max_length=100)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("expires_at", models.DateTimeField(null=True)),
                        ("revoked_at", models.DateTimeField(null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tokens",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="岗位")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("office", "安委办工作人员"),
                                    ("leader", "领导"),
                                    ("regulator", "部门监管人员"),
                                    ("officer", "执法人员"),
                                    ("town", "镇街工作人员"),
                                    ("grid", "网格员"),
                                    ("principal", "企业主要负责人"),
                                    ("safety", "企业安全管理员"),
                                    ("expert", "专家"),
                                    ("system_admin", "系统管理员"),
                                    ("security_admin", "安全管理员"),
                                    ("auditor", "审计管理员"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("region_path", models.CharField(blank=True, max_length=200)),
                        (
                            "sector_paths",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("object", models.UUIDField(blank=True, db_index=True, null=True)),
                        ("heads", models.BooleanField(default=False, verbose_name="负责人")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="territory.region",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("object__isnull", False), ("role__in", ["principal", "safety"])
                                    ),
                                    models.Q(("role__in", ["principal", "safety"]), _negated=True),
                                    _connector="OR",
                                ),
                                name="enterprise_posts_name_their_object",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tenure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(verbose_name="任职起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="任职止")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tenures",
                                to="people.person",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tenures",
                                to="people.post",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["person"], name="people_tenu_person__c67bd4_idx")],
                    },
                ),
            ],
        ),
        migrations.RunSQL("""
            ALTER TABLE people_tenure ADD CONSTRAINT tenure_ends_after_it_begins CHECK (until IS NULL OR until > since);
            ALTER TABLE people_tenure ADD CONSTRAINT one_holder_at_a_time EXCLUDE USING gist (
                int8range(post_id, post_id, '[]') WITH &&, daterange(since, until, '[)') WITH &&);
            """),
    ]
