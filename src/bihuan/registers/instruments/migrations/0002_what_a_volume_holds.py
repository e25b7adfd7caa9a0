from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    """A document is found in the volume that holds it."""

    dependencies = [("instruments", "0001_documents_organs_dossiers")]

    operations = [
        migrations.AddIndex(
            "dossier", GinIndex(fields=["parts"], name="dossier_by_part", opclasses=["jsonb_path_ops"])
        ),
    ]
