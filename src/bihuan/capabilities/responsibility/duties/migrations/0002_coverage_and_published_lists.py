from django.db import migrations

from bihuan.capabilities.responsibility.duties.figures import SPELLS
from bihuan.kernel.figures import tally

FREEZE = """
CREATE FUNCTION duties_published_item_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.list_id ELSE OLD.list_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM duties_publishedlist WHERE id = held AND published_at IS NOT NULL) THEN
    RAISE EXCEPTION 'items of a published list stay as they are' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER duties_published_item_stays BEFORE INSERT OR UPDATE OR DELETE ON duties_listitem
  FOR EACH ROW EXECUTE FUNCTION duties_published_item_stays();
CREATE FUNCTION duties_published_list_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL THEN
    RAISE EXCEPTION 'a published list stays as it is' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER duties_published_list_stays BEFORE UPDATE OR DELETE ON duties_publishedlist
  FOR EACH ROW EXECUTE FUNCTION duties_published_list_stays();
"""
THAW = """
DROP TRIGGER duties_published_list_stays ON duties_publishedlist;
DROP FUNCTION duties_published_list_stays();
DROP TRIGGER duties_published_item_stays ON duties_listitem;
DROP FUNCTION duties_published_item_stays();
"""


class Migration(migrations.Migration):
    """Count coverage beside its spells; hold published lists as they were published."""

    dependencies = [
        ("duties", "0001_initial"),
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(tally.create_sql(SPELLS), tally.drop_sql(SPELLS)),
        migrations.RunSQL(FREEZE, THAW),
    ]
