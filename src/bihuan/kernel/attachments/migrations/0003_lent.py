from django.db import migrations

KEEP = """
CREATE OR REPLACE FUNCTION attachments_keep() RETURNS trigger LANGUAGE plpgsql
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
"""
FORMER = KEEP.replace(" OR OLD.named_seq = -1", "")


class Migration(migrations.Migration):
    """Proofs are lent to whoever ordered them and may go; what was named or issued never does."""

    dependencies = [("attachments", "0002_named")]

    operations = [migrations.RunSQL(KEEP, FORMER)]
