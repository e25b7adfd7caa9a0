from django.db import migrations, models

KEEP = """
CREATE OR REPLACE FUNCTION attachments_keep() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.named_seq IS NULL THEN
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
"""
FORMER = """
CREATE OR REPLACE FUNCTION attachments_keep() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
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
"""

NAMED_SO_FAR = """
UPDATE attachments_attachment a SET named_seq = (
    SELECT min(e.seq) FROM record_entry e WHERE e.matter = a.matter AND position(a.uid::text IN e.payload) > 0
);
UPDATE attachments_attachment SET named_seq = 0 WHERE named_seq IS NULL AND media_type NOT LIKE 'image/%';
SET CONSTRAINTS ALL IMMEDIATE;
"""
"""Photos no entry names may go; papers stay whoever names them, for reports keep theirs in rows of their own."""


class Migration(migrations.Migration):
    dependencies = [
        ("attachments", "0001_initial"),
        ("record", "0001_initial"),
    ]
    run_before = [("record", "0002_words_and_facts")]  # from then on a payload is packed

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="named_seq",
            field=models.IntegerField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(KEEP, FORMER),
        migrations.RunSQL(NAMED_SO_FAR, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["uploaded_by_id", "at"], name="attachment_by_uploader"),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(named_seq__isnull=True), fields=["at"], name="attachment_unnamed"
            ),
        ),
    ]
