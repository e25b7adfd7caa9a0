import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.uid

KEEP = """
CREATE FUNCTION attachments_keep() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'attachments are superseded, never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.superseded_by_id IS NOT NULL
       OR to_jsonb(NEW) - 'superseded_by_id' IS DISTINCT FROM to_jsonb(OLD) - 'superseded_by_id' THEN
        RAISE EXCEPTION 'an attachment only changes by being superseded' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER attachments_keep BEFORE UPDATE OR DELETE ON attachments_attachment
    FOR EACH ROW EXECUTE FUNCTION attachments_keep();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("uid", models.UUIDField(default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False)),
                ("matter", models.UUIDField(db_index=True)),
                ("kind", models.CharField(max_length=30, verbose_name="用途")),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ("media_type", models.CharField(max_length=80)),
                ("size", models.PositiveIntegerField(verbose_name="字节数")),
                ("digest", models.BinaryField(max_length=32)),
                ("source_digest", models.BinaryField(max_length=32)),
                ("likeness", models.BigIntegerField(blank=True, null=True)),
                ("width", models.PositiveIntegerField(blank=True, null=True)),
                ("height", models.PositiveIntegerField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="拍摄时间")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="纬度")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="经度")),
                ("uploaded_by", models.CharField(max_length=60, verbose_name="上传人")),
                ("uploaded_by_id", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="attachments.attachment",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["source_digest"], name="attachments_source__f76028_idx"),
                    models.Index(
                        condition=models.Q(("likeness__isnull", False)),
                        fields=["likeness"],
                        name="attachment_likeness",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            KEEP, "DROP TRIGGER attachments_keep ON attachments_attachment; DROP FUNCTION attachments_keep()"
        ),
    ]
