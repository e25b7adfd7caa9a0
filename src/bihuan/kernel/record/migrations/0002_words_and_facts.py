"""Entries that say each repeated word once, bind the matter's columns and bear their signature themselves.

The digest of an entry is taken over another form than before, so what was recorded cannot be carried over: seals that
were handed out name the former digests. A district that has entries is refused before anything is touched.
"""

from django.db import migrations, models

PARTS = 8
PARTITIONS = "\n".join(
    f"CREATE TABLE record_entry_{part} PARTITION OF record_entry FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part});"
    for part in range(PARTS)
)

RECORD = f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM record_entry) THEN
        RAISE EXCEPTION '留痕记录的格式已更换，旧版本写下的记录不能沿用：请新建一个区县（演示数据请删除后重新生成）';
    END IF;
END $$;
DROP TABLE record_entry;

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
"""

GRANTS = """
DO $$
DECLARE part regclass;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN RETURN; END IF;
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

FORMER = ("kind", "verb", "from_state", "to_state", "actor_id", "actor_name", "actor_post")


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(migrations.RemoveField("recordentry", name) for name in FORMER),
                migrations.AlterField("recordentry", "payload", models.BinaryField()),
                migrations.AddField("recordentry", "deed", models.IntegerField()),
                migrations.AddField("recordentry", "hand", models.IntegerField()),
                migrations.AddField("recordentry", "facts", models.BinaryField()),
                migrations.AddField("recordentry", "signature", models.BinaryField()),
            ],
        ),
    ]
