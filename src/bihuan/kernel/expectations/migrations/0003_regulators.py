from django.db import migrations, models


class Migration(migrations.Migration):
    """What is due from every agency that regulates an industry."""

    dependencies = [("expectations", "0002_daily")]

    operations = [
        migrations.AlterField(
            "cadence",
            "holders",
            models.CharField(
                choices=[
                    ("one", "指定单位"),
                    ("ledger_filers", "报送台账的单位"),
                    ("regulators", "有行业监管职责的部门"),
                    ("department", "部门"),
                    ("town_government", "镇街"),
                ],
                max_length=20,
                verbose_name="报送单位",
            ),
        ),
    ]
