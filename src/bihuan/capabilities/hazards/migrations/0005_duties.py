from django.db import migrations, models

SELF_ACCEPTED = """
UPDATE hazards_hazard AS hazard SET self_accepted = true
  FROM people_tenure AS tenure JOIN people_post AS post ON post.id = tenure.post_id
 WHERE hazard.state = 'closed' AND hazard.source = 'self_check' AND hazard.grade = 'general'
   AND NOT hazard.accepted_claimed AND tenure.person_id = (hazard.hands->>'accept')::bigint
   AND post.object = hazard.object_id AND post.role IN ('principal', 'safety');
"""


class Migration(migrations.Migration):
    """What a hazard owes beside its next step, who accepted it, and on which branch a disclosure ended."""

    dependencies = [("hazards", "0005_spots"), ("loops", "0003_rungs_of_duties"), ("people", "0001_initial")]

    operations = [
        migrations.AddField("hazard", "duties", models.JSONField(blank=True, null=True)),
        migrations.AddField("hazard", "duty_on", models.DateField(blank=True, null=True)),
        migrations.AddField("hazard", "self_accepted", models.BooleanField(default=False)),
        migrations.AddField("hazard", "leniency", models.CharField(blank=True, default="", max_length=8)),
        migrations.AddIndex(
            model_name="hazard",
            index=models.Index(
                condition=models.Q(("duty_on__isnull", False)),
                fields=["duty_on", "uid"],
                name="hazard_by_duty",
            ),
        ),
        migrations.RunSQL(SELF_ACCEPTED, migrations.RunSQL.noop),
    ]
