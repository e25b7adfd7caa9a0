from django.db import migrations, models


class Migration(migrations.Migration):
    """A name that turned out to be nothing is kept as such, not deleted."""

    dependencies = [("territory", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="region",
            name="standing",
            field=models.CharField(
                choices=[
                    ("confirmed", "已核实"),
                    ("pending", "待核实"),
                    ("merged", "已并入"),
                    ("rejected", "不予登记"),
                ],
                default="confirmed",
                max_length=12,
            ),
        ),
    ]
