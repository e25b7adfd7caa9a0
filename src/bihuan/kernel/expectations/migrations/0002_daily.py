from django.db import migrations, models


class Migration(migrations.Migration):
    """What is due daily while a key period lasts, on rest days too."""

    dependencies = [("expectations", "0001_initial")]

    operations = [
        migrations.AlterField(
            "cadence",
            "frequency",
            models.CharField(
                choices=[("day", "每日"), ("week", "每周"), ("month", "每月"), ("quarter", "每季度")],
                max_length=8,
                verbose_name="频次",
            ),
        ),
        migrations.AlterField(
            "cadence",
            "unit",
            models.CharField(
                choices=[
                    ("working", "工作日"),
                    ("calendar", "自然日"),
                    ("straight", "日（节假日不顺延）"),
                ],
                default="working",
                max_length=8,
                verbose_name="期限单位",
            ),
        ),
    ]
