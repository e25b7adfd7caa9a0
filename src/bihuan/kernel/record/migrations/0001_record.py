from django.db import migrations, models

from bihuan.kernel.tables import CreateTables

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

CREATE TABLE record_deed (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    verb text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL
);
CREATE TABLE record_hand (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    signer bigint,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    actor_post text NOT NULL,
    signed_as text NOT NULL,
    key text NOT NULL,
    witness text NOT NULL
);
CREATE INDEX record_hand_actor ON record_hand (actor_id);

CREATE TABLE record_entry (
    happened_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    tx bigint NOT NULL DEFAULT record_tx(),
    matter uuid NOT NULL,
    seq integer NOT NULL CHECK (seq > 0),
    deed integer NOT NULL,
    hand integer NOT NULL,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    matter_no text NOT NULL,
    facts bytea NOT NULL,
    payload bytea NOT NULL,
    signature bytea NOT NULL,
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
    FOR part IN SELECT unnest(ARRAY['record_entry', 'record_deed', 'record_hand']::regclass[]) UNION ALL
                SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'record_entry'::regclass
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM app', part);
    END LOOP;
    GRANT SELECT, INSERT (happened_at, recorded_at, matter, seq, deed, hand, digest, matter_no, facts, payload,
                          signature) ON record_entry TO app;
    GRANT SELECT, INSERT (kind, verb, from_state, to_state) ON record_deed TO app;
    GRANT SELECT, INSERT (signer, actor_id, actor_name, actor_post, signed_as, key, witness) ON record_hand TO app;
END $$;
"""


class Migration(migrations.Migration):
    """The record: entries that say each repeated word once, bind the matter's columns and bear their signature; seals."""

    initial = True

    replaces = [
        ("record", "0001_initial"),
        ("record", "0002_words_and_facts"),
    ]

    dependencies = []

    operations = [
        CreateTables(
            models=[
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
                        ("matter_no", models.TextField()),
                        ("payload", models.BinaryField()),
                        ("deed", models.IntegerField()),
                        ("hand", models.IntegerField()),
                        ("facts", models.BinaryField()),
                        ("signature", models.BinaryField()),
                    ],
                    options={
                        "db_table": "record_entry",
                        "managed": False,
                    },
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
                    options={
                        "db_table": "record_seal",
                        "ordering": ["number"],
                        "managed": False,
                    },
                ),
            ],
        ),
        migrations.RunSQL(RECORD),
        migrations.RunSQL(GRANTS),
    ]
