from django.db import migrations, models


class Migration(migrations.Migration):
    """A post inside an enterprise is named by the enterprise's uid and its own name."""

    dependencies = [("duties", "0002_coverage_and_published_lists")]

    operations = [
        migrations.AlterField("spell", "subject", models.CharField(max_length=100)),
    ]
