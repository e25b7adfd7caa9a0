from django.db import migrations

from bihuan.kernel.figures import tally
from bihuan.kernel.figures.declarations import DateOf, Dim, Tally
from bihuan.kernel.loops.guards import guard

_DIMS = {"region": Dim("region_path"), "sector": Dim("sector_path"), "agency": Dim("agency_id", "bigint")}
LINES = Tally(
    name="plan_lines",
    model="inspection_planning.PlanLine",
    table="inspection_planning_planline",
    born=DateOf("due_on"),
    dates={"done": DateOf("done_on")},
    dims=_DIMS,
    where="counts",
)
KEYS = Tally(
    name="key_objects",
    model="inspection_planning.KeyQuarter",
    table="inspection_planning_keyquarter",
    born=DateOf("quarter"),
    dates={"inspected": DateOf("inspected_on")},
    dims=_DIMS,
)
# The framework adds an index for patterns to every unique text; numbers are only ever asked for whole.
NO_PATTERNS = (
    "DO $$ DECLARE i text; BEGIN SELECT indexname INTO i FROM pg_indexes"
    " WHERE tablename = 'TABLE_' AND indexname LIKE 'TABLE_\\_no\\_%\\_like';"
    " IF i IS NOT NULL THEN EXECUTE 'DROP INDEX ' || i; END IF; END $$"
)
GUARDED = ("inspection_planning_plan", "inspection_planning_draw", "inspection_planning_round")


class Migration(migrations.Migration):
    """Matters move only by their record; planned and done, key objects and those inspected are counted as they change."""

    dependencies = [
        ("inspection_planning", "0001_initial"),
        ("figures", "0001_initial"),
        ("loops", "0001_initial"),
    ]

    operations = [
        *(migrations.RunSQL(guard(table), migrations.RunSQL.noop) for table in GUARDED),
        *(
            migrations.RunSQL(NO_PATTERNS.replace("TABLE_", table), migrations.RunSQL.noop)
            for table in GUARDED
        ),
        *(migrations.RunSQL(tally.create_sql(kept), tally.drop_sql(kept)) for kept in (LINES, KEYS)),
    ]
