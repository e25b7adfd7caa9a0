from django.db import migrations, models

PARTS = 8
PARTITIONS = "\n".join(
    f"CREATE TABLE record_entry_{part} PARTITION OF record_entry FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part});"
    for part in range(PARTS)
)

RECORD = f"""
CREATE FUNCTION record_tx_offset() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 0::bigint';
CREATE FUNCTION record_tx() RETURNS bigint LANGUAGE sql STABLE AS
    'SELECT pg_current_xact_id()::text::bigint + record_tx_offset()';
CREATE FUNCTION record_horizon() RETURNS bigint LANGUAGE sql STABLE AS
    'SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + record_tx_offset()';

CREATE TABLE record_entry (
    happened_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    tx bigint NOT NULL DEFAULT record_tx(),
    seq integer NOT NULL CHECK (seq > 0),
    matter uuid NOT NULL,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    kind text NOT NULL,
    matter_no text NOT NULL,
    verb text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    actor_post text NOT NULL,
    payload text NOT NULL,
    PRIMARY KEY (matter, seq)
) PARTITION BY HASH (matter);
{PARTITIONS}
CREATE INDEX record_entry_tx ON record_entry USING brin (tx) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX record_entry_recorded_at ON record_entry USING brin (recorded_at)
    WITH (pages_per_range = 32, autosummarize = on);

CREATE TABLE record_seal (
    number integer PRIMARY KEY CHECK (number > 0),
    digest bytea NOT NULL CHECK (length(digest) = 32),
    from_tx bigint NOT NULL,
    upto_tx bigint NOT NULL CHECK (upto_tx > from_tx),
    entries bigint NOT NULL CHECK (entries > 0),
    made_at timestamptz NOT NULL,
    key text NOT NULL
);
"""

GRANTS = """
DO $$
DECLARE part regclass;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN RETURN; END IF;
    REVOKE ALL ON record_seal FROM app;
    GRANT SELECT, INSERT ON record_seal TO app;
    FOR part IN SELECT 'record_entry'::regclass UNION ALL
                SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'record_entry'::regclass
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM app', part);
    END LOOP;
    GRANT SELECT, INSERT (happened_at, recorded_at, seq, matter, digest, kind, matter_no, verb, from_state, to_state,
                          actor_id, actor_name, actor_post, payload) ON record_entry TO app;
END $$;
"""

UNDO = """
DROP TABLE record_seal, record_entry;
DROP FUNCTION record_horizon(), record_tx(), record_tx_offset();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.RunSQL(RECORD, UNDO),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="RecordEntry",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "matter", "seq", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("happened_at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        ("tx", models.BigIntegerField()),
                        ("seq", models.IntegerField()),
                        ("matter", models.UUIDField()),
                        ("digest", models.BinaryField()),
                        ("kind", models.TextField()),
                        ("matter_no", models.TextField()),
                        ("verb", models.TextField()),
                        ("from_state", models.TextField()),
                        ("to_state", models.TextField()),
                        ("actor_id", models.TextField()),
                        ("actor_name", models.TextField()),
                        ("actor_post", models.TextField()),
                        ("payload", models.TextField()),
                    ],
                    options={"db_table": "record_entry", "managed": False},
                ),
                migrations.CreateModel(
                    name="RecordSeal",
                    fields=[
                        ("number", models.IntegerField(primary_key=True, serialize=False)),
                        ("digest", models.BinaryField()),
                        ("from_tx", models.BigIntegerField()),
                        ("upto_tx", models.BigIntegerField()),
                        ("entries", models.BigIntegerField()),
                        ("made_at", models.DateTimeField()),
                        ("key", models.TextField()),
                    ],
                    options={"db_table": "record_seal", "ordering": ["number"], "managed": False},
                ),
            ],
        ),
    ]
