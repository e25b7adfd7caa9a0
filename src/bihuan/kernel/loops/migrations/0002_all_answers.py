from django.db import migrations, models

WHOLE = """
UPDATE loops_request SET answers = jsonb_build_array(
    answer || jsonb_build_object('uid', matter::text, 'seq', seq)
);
SET CONSTRAINTS ALL IMMEDIATE;
"""
FIRST = """
UPDATE loops_request SET matter = (answers -> 0 ->> 'uid')::uuid, seq = (answers -> 0 ->> 'seq')::int,
    answer = (answers -> 0) - 'uid' - 'seq';
"""


class Migration(migrations.Migration):
    """A key that a set of matters was done under answers for each of them, not only for the first."""

    dependencies = [
        ("loops", "0001_initial"),
    ]

    operations = [
        migrations.AddField(model_name="request", name="answers", field=models.JSONField(default=list)),
        migrations.RunSQL(WHOLE, FIRST),
        migrations.RemoveField(model_name="request", name="matter"),
        migrations.RemoveField(model_name="request", name="seq"),
        migrations.RemoveField(model_name="request", name="answer"),
    ]
