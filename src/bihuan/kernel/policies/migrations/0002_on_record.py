from django.db import migrations, models


class Migration(migrations.Migration):
    """Each policy has a chain in the record and says where it ends; a decision's reason may be longer."""

    dependencies = [("policies", "0001_initial")]

    operations = [
        migrations.AddField("policykey", "entry_count", models.IntegerField(default=0)),
        migrations.AddField("policykey", "head", models.BinaryField(default=bytes)),
    ]
