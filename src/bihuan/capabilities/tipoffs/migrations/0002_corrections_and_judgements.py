from django.db import migrations, models
from django.db.models import Q

from bihuan.capabilities.tipoffs.figures import BATCHES, ITEMS
from bihuan.kernel.figures import tally

DAYS = {
    "rated_on": "评价日期", "asked_on": "追问日期", "answered_on": "追问答复日期", "corrected_on": "更正日期",
}  # fmt: skip
VERDICTS = [("satisfied", "满意"), ("unsatisfied", "不满意")]


class Migration(migrations.Migration):
    """What was entered by mistake is neither open nor closed and counts nowhere; what reporters think and ask is counted."""

    dependencies = [("tipoffs", "0001_tipoffs")]

    operations = [
        migrations.AddField(
            "item", "verdict",
            models.CharField(blank=True, choices=VERDICTS, default="", max_length=12, verbose_name="举报人评价"),
            preserve_default=False,
        ),
        *(
            migrations.AddField("item", name, models.DateField(blank=True, null=True, verbose_name=label))
            for name, label in DAYS.items()
        ),
        migrations.AddField(
            "item", "correction",
            models.CharField(blank=True, default="", max_length=1100, verbose_name="更正说明"),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("batch", "tipoff_batch_closed_with_day"),
        migrations.AddConstraint(
            "batch",
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | (~Q(state="closed") & Q(closed_on__isnull=True)),
                name="tipoff_batch_closed_with_day",
            ),
        ),
        migrations.RemoveConstraint("batch", "one_batch_per_origin_number"),
        migrations.AddConstraint(
            "batch",
            models.UniqueConstraint(
                condition=~Q(origin_no="") & ~Q(state="revoked"),
                fields=("origin", "origin_no"),
                name="one_batch_per_origin_number",
            ),
        ),
        migrations.RunSQL(
            [
                sql
                for kept in (BATCHES, ITEMS)
                for sql in (*tally.drop_sql(kept), *tally.create_sql(kept))
            ],
        ),
    ]  # fmt: skip
