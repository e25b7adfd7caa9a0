import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.uid
from bihuan.kernel.tables import CreateTables

KEEP = """
CREATE FUNCTION attachments_keep() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.named_seq IS NULL OR OLD.named_seq = -1 THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'attachments that were named are superseded, never deleted'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF to_jsonb(NEW) - 'superseded_by_id' - 'named_seq' IS DISTINCT FROM to_jsonb(OLD) - 'superseded_by_id' - 'named_seq'
       OR (OLD.superseded_by_id IS NOT NULL AND NEW.superseded_by_id IS DISTINCT FROM OLD.superseded_by_id)
       OR (OLD.named_seq IS NOT NULL AND NEW.named_seq IS DISTINCT FROM OLD.named_seq) THEN
        RAISE EXCEPTION 'an attachment only changes by being named or superseded'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER attachments_keep BEFORE UPDATE OR DELETE ON attachments_attachment
    FOR EACH ROW EXECUTE FUNCTION attachments_keep();
"""


class Migration(migrations.Migration):
    """Photos no entry names may go; papers stay whoever names them, for reports keep theirs in rows of their own.

    Proofs are lent to whoever ordered them (``named_seq`` -1) and may go too; what was named or issued never does.
    """

    initial = True

    replaces = [
        ("attachments", "0001_initial"),
        ("attachments", "0002_named"),
        ("attachments", "0003_lent"),
    ]

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
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
                        ("named_seq", models.IntegerField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["source_digest"], name="attachments_source__f76028_idx"),
                            models.Index(
                                condition=models.Q(("likeness__isnull", False)),
                                fields=["likeness"],
                                name="attachment_likeness",
                            ),
                            models.Index(fields=["uploaded_by_id", "at"], name="attachment_by_uploader"),
                            models.Index(
                                condition=models.Q(("named_seq__isnull", True)),
                                fields=["at"],
                                name="attachment_unnamed",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(KEEP),
    ]
