from django.db import migrations

from bihuan.kernel.loops.guards import GUARD_FUNCTION, GUARD_NEW_FUNCTION


class Migration(migrations.Migration):
    """The guards find the states of an entry among the words of the record."""

    dependencies = [("loops", "0003_rungs_of_duties"), ("record", "0002_words_and_facts")]

    operations = [migrations.RunSQL(GUARD_FUNCTION + GUARD_NEW_FUNCTION, migrations.RunSQL.noop)]
