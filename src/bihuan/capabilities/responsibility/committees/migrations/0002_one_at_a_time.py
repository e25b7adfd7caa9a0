from django.db import migrations

ONE_CHAIR = """
ALTER TABLE committees_seat ADD CONSTRAINT one_chair_at_a_time EXCLUDE USING gist (
  int8range(committee_id, committee_id, '[]') WITH &&, daterange(since, until) WITH &&
) WHERE (role = 'chair');
ALTER TABLE committees_leadership ADD CONSTRAINT one_principal_at_a_time EXCLUDE USING gist (
  int8range(region_id, region_id, '[]') WITH &&, daterange(since, until) WITH &&
) WHERE (standing = 'principal');
"""
SEVERAL = """
ALTER TABLE committees_leadership DROP CONSTRAINT one_principal_at_a_time;
ALTER TABLE committees_seat DROP CONSTRAINT one_chair_at_a_time;
"""


class Migration(migrations.Migration):
    """One chair of a committee and one principal of a place at a time, whatever a program does."""

    dependencies = [("committees", "0001_initial")]

    operations = [migrations.RunSQL(ONE_CHAIR, SEVERAL)]
