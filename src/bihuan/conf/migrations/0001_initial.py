from __future__ import annotations

from django.db import migrations, models

from bihuan.kernel.tables import CreateTables

MARK_STAYS = """
CREATE FUNCTION conf_installation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.demo IS DISTINCT FROM OLD.demo OR NEW.id IS DISTINCT FROM OLD.id THEN
        RAISE EXCEPTION '演示区不能改为正式区，正式区也不能改为演示区，请另设数据目录'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER conf_installation_stays BEFORE UPDATE OR DELETE ON conf_installation
    FOR EACH ROW EXECUTE FUNCTION conf_installation_stays();
REVOKE INSERT, UPDATE, DELETE ON conf_installation FROM app;
"""


class Migration(migrations.Migration):
    """The installation's one row: what is a demo stays one."""

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Installation",
                    fields=[
                        (
                            "id",
                            models.SmallIntegerField(
                                default=1, primary_key=True, serialize=False, verbose_name="序号"
                            ),
                        ),
                        ("demo", models.BooleanField(verbose_name="演示")),
                        (
                            "district_code",
                            models.CharField(default="", max_length=12, verbose_name="行政区划代码"),
                        ),
                        ("district_name", models.TextField(default="", verbose_name="行政区名称")),
                        ("made_at", models.DateTimeField(verbose_name="建立时间")),
                    ],
                    options={
                        "verbose_name": "本机安装",
                        "verbose_name_plural": "本机安装",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("id", 1)), name="installation_is_single"
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(MARK_STAYS),
    ]
