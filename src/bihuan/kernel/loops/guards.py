"""SQL by which the database itself refuses a matter that moves without its entry (the last guard)."""

from __future__ import annotations

GUARD_FUNCTION = """
CREATE OR REPLACE FUNCTION loops_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    former text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.state = OLD.state AND NEW.head = OLD.head
       AND NEW.entry_count = OLD.entry_count AND NEW.uid = OLD.uid AND NEW.no = OLD.no THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.uid <> OLD.uid OR NEW.no <> OLD.no) THEN
        RAISE EXCEPTION 'matter % keeps its identity', OLD.no USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM 1 FROM record_entry e JOIN record_deed d ON d.id = e.deed
     WHERE e.matter = NEW.uid AND e.seq = NEW.entry_count AND e.digest = NEW.head
       AND d.from_state = former AND d.to_state = NEW.state;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'matter % moves to % without an entry in the record', NEW.no, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


def guard(table: str) -> str:
    """The trigger that binds every insert and every change of state of ``table`` to an entry of the record."""
    return f"""
CREATE TRIGGER {table}_guard BEFORE INSERT OR UPDATE OF state, head, entry_count, uid, no ON {table}
    FOR EACH ROW EXECUTE FUNCTION loops_guard();
CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a matter is ended, never deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stays();
"""


GUARD_NEW_FUNCTION = """
CREATE OR REPLACE FUNCTION loops_guard_new() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
    SET enable_seqscan = off AS $$
DECLARE
    lacking record;
BEGIN
    SELECT came.no, came.state INTO lacking FROM came
     WHERE came.head IS DISTINCT FROM (
        SELECT e.digest FROM record_entry e
         WHERE e.matter = came.uid AND e.seq = came.entry_count
           AND (SELECT d.from_state = '' AND d.to_state = came.state FROM record_deed d WHERE d.id = e.deed)
    ) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'matter % moves to % without an entry in the record', lacking.no, lacking.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""
"""The guard of new matters, all rows of a statement by one look.

A ledger brings five hundred matters by one COPY: asked for together their entries cost a twentieth. The plan is kept for
the session, so it is bound to the record's key (no join, no scan), however small the record was when it was made.
"""


def guard_new(table: str) -> str:
    """Take the inserts of ``table`` from the row's guard and give them to :data:`GUARD_NEW_FUNCTION`."""
    return f"""
DROP TRIGGER {table}_guard ON {table};
CREATE TRIGGER {table}_guard BEFORE UPDATE OF state, head, entry_count, uid, no ON {table}
    FOR EACH ROW EXECUTE FUNCTION loops_guard();
CREATE TRIGGER {table}_guard_new AFTER INSERT ON {table} REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION loops_guard_new();
"""
