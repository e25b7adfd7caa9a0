from django.db import migrations

HOLD = """
CREATE FUNCTION letters_caps_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    broken record;
BEGIN
    SELECT upper.no, cap.label, cap."limit", sum(part."limit") AS total INTO broken
      FROM letters_letter upper
      CROSS JOIN LATERAL jsonb_to_recordset(upper.targets) AS cap(label text, kind text, "limit" integer)
      JOIN letters_letter lower ON lower.year = upper.year AND lower.issuer_key = upper.receiver_key AND NOT lower.ended
      CROSS JOIN LATERAL jsonb_to_recordset(lower.targets) AS part(label text, kind text, "limit" integer)
     WHERE upper.year = NEW.year AND upper.receiver_key IN (NEW.issuer_key, NEW.receiver_key) AND NOT upper.ended
       AND cap.kind = 'cap' AND part.kind = 'cap' AND part.label = cap.label
     GROUP BY upper.uid, upper.no, lower.level, cap.label, cap."limit"
    HAVING sum(part."limit") > cap."limit"
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'letter %: % comes to % below a cap of %', broken.no, broken.label, broken.total, broken."limit"
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER letters_caps_hold AFTER INSERT OR UPDATE OF targets, ended, year, level, issuer_key, receiver_key
    ON letters_letter FOR EACH ROW EXECUTE FUNCTION letters_caps_hold();
"""


class Migration(migrations.Migration):
    """The last guard of the cascade: what is handed down never comes to more than was given, however it is written."""

    dependencies = [("letters", "0001_letters")]

    operations = [
        migrations.RunSQL(
            HOLD, "DROP TRIGGER letters_caps_hold ON letters_letter; DROP FUNCTION letters_caps_hold();"
        ),
    ]
