import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.enforcement.crackdown.figures import ITEMS
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """The crackdown on illegal production: its items, sweeps, limits and pledges, counted as they change."""

    initial = True

    dependencies = [
        ("figures", "0001_initial"),
        ("loops", "0001_loops"),
        ("objects", "0001_objects"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Limit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=24, verbose_name="项目")),
                        (
                            "amount",
                            models.DecimalField(decimal_places=3, max_digits=14, verbose_name="许可上限"),
                        ),
                        ("unit", models.CharField(max_length=12, verbose_name="单位")),
                        ("since", models.DateField(verbose_name="施行日期")),
                        ("basis", models.CharField(max_length=120, verbose_name="许可证或批复文号")),
                        ("set_by", models.CharField(max_length=60)),
                        ("set_at", models.DateTimeField()),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("object", "code", "since"), name="one_limit_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="limit_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("link", models.CharField(max_length=24, verbose_name="环节")),
                        ("region_path", models.CharField(max_length=200)),
                        ("checked_on", models.DateField(verbose_name="检查日期")),
                        ("units", models.IntegerField(verbose_name="检查单位数")),
                        ("checked_by", models.CharField(max_length=120, verbose_name="检查单位（人员）")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("noted_by", models.CharField(max_length=60)),
                        ("noted_at", models.DateTimeField()),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["link", "checked_on"], name="link_checks_by_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("units__gte", 1)), name="link_check_of_some"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Name",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=24)),
                        ("label", models.CharField(max_length=200, verbose_name="名称")),
                        ("basis", models.CharField(max_length=200, verbose_name="依据")),
                        ("since", models.DateField(verbose_name="施行日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                        ("set_by", models.CharField(max_length=60, verbose_name="设定人")),
                        ("set_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("code", "since"), name="one_wording_a_day"),
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("code",),
                                name="one_wording_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="wording_runs_forward",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pledge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="年度")),
                        (
                            "layer",
                            models.CharField(
                                choices=[
                                    ("town", "乡镇"),
                                    ("street", "街道"),
                                    ("village", "行政村（社区）"),
                                    ("group", "村民组"),
                                ],
                                max_length=8,
                                verbose_name="层级",
                            ),
                        ),
                        ("region_path", models.CharField(db_index=True, max_length=200)),
                        (
                            "group",
                            models.CharField(blank=True, default="", max_length=60, verbose_name="村民组"),
                        ),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="签订日期")),
                        ("signer", models.CharField(blank=True, max_length=60, verbose_name="签订人")),
                        ("noted_by", models.CharField(blank=True, max_length=60, verbose_name="登记人")),
                        ("noted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("year", "region", "group"), name="one_pledge_a_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_on", None),
                                    models.Q(("signer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="pledge_signed_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Production",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=24, verbose_name="项目")),
                        ("day", models.DateField(verbose_name="日期")),
                        ("amount", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="实际")),
                        ("item_no", models.CharField(blank=True, max_length=24)),
                        ("noted_by", models.CharField(max_length=60)),
                        ("noted_at", models.DateTimeField()),
                        (
                            "limit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="crackdown.limit",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("object", "code", "day"), name="one_record_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="production_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sweep",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        ("region_path", models.CharField(max_length=200)),
                        ("first_day", models.DateField(verbose_name="开始日期")),
                        ("last_day", models.DateField(verbose_name="截止日期")),
                        (
                            "places",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=16), size=None, verbose_name="场所类型"
                            ),
                        ),
                        ("campaign", models.CharField(blank=True, max_length=60, verbose_name="专项行动")),
                        ("made_by", models.CharField(max_length=60)),
                        ("made_at", models.DateTimeField()),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))),
                                name="sweep_days_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SweepMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "place_type",
                            models.CharField(
                                choices=[
                                    ("idle_house", "闲置房屋"),
                                    ("brickyard", "废弃砖厂"),
                                    ("greenhouse", "蔬菜大棚"),
                                    ("stopped_factory", "停工厂房"),
                                    ("farm", "养殖场"),
                                    ("well_house", "机井房"),
                                    ("dwelling", "居民住宅"),
                                    ("shop", "门店摊点"),
                                    ("warehouse", "仓库货场"),
                                    ("mine_site", "矿区矿点"),
                                    ("road", "道路沿线"),
                                    ("other", "其他"),
                                ],
                                max_length=16,
                                verbose_name="场所类型",
                            ),
                        ),
                        ("done_on", models.DateField(verbose_name="摸排日期")),
                        ("looked_at", models.IntegerField(verbose_name="摸排处数")),
                        ("found", models.IntegerField(default=0, verbose_name="发现疑点处数")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("marked_by", models.CharField(max_length=60, verbose_name="摸排人")),
                        ("marked_at", models.DateTimeField()),
                        (
                            "sweep",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="crackdown.sweep",
                            ),
                        ),
                        (
                            "village",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sweep", "village", "place_type"), name="one_mark_a_cell"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("found__gte", 0), ("found__lte", models.F("looked_at"))),
                                name="sweep_found_among_looked_at",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("no", models.CharField(max_length=24, unique=True, verbose_name="编号")),
                        ("state", models.CharField(max_length=32, verbose_name="状态")),
                        ("version", models.IntegerField(default=1)),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("opened_at", models.DateTimeField()),
                        ("deadline", models.DateField(blank=True, null=True, verbose_name="期限")),
                        ("deadline_note", models.JSONField(blank=True, null=True)),
                        ("escalated", models.SmallIntegerField(default=0)),
                        ("duties", models.JSONField(blank=True, null=True)),
                        ("duty_on", models.DateField(blank=True, null=True)),
                        ("hands", models.JSONField(default=dict)),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("den", "非法窝点"),
                                    ("fireworks", "烟花爆竹"),
                                    ("explosives", "民用爆炸物品"),
                                    ("mine", "非法采矿"),
                                    ("chemical", "危险化学品"),
                                    ("person", "三违和岗位失责"),
                                    ("vehicle", "非法运营和道路违法"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        ("code", models.CharField(max_length=24, verbose_name="违法情形")),
                        (
                            "place_type",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("idle_house", "闲置房屋"),
                                    ("brickyard", "废弃砖厂"),
                                    ("greenhouse", "蔬菜大棚"),
                                    ("stopped_factory", "停工厂房"),
                                    ("farm", "养殖场"),
                                    ("well_house", "机井房"),
                                    ("dwelling", "居民住宅"),
                                    ("shop", "门店摊点"),
                                    ("warehouse", "仓库货场"),
                                    ("mine_site", "矿区矿点"),
                                    ("road", "道路沿线"),
                                    ("other", "其他"),
                                ],
                                max_length=16,
                                verbose_name="场所类型",
                            ),
                        ),
                        (
                            "transport_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("trading", "无证经营"),
                                    ("filling", "无证充装"),
                                    ("moving", "无证运输"),
                                    ("rebuilt", "非法改装"),
                                    ("certified", "非法认证"),
                                    ("affiliated", "违法挂靠"),
                                    ("contracted", "违法外包"),
                                    ("poison", "剧毒物品非法运输"),
                                ],
                                max_length=12,
                                verbose_name="非法运输情形",
                            ),
                        ),
                        ("rule", models.CharField(blank=True, max_length=12, verbose_name="违反“七个一律”")),
                        ("target", models.CharField(blank=True, max_length=12, verbose_name="打治目标")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("dragnet", "拉网摸排"),
                                    ("patrol", "日常巡查"),
                                    ("tip_off", "群众举报"),
                                    ("inspection", "执法检查"),
                                    ("undercover", "暗访"),
                                    ("referred", "部门移送"),
                                    ("recorded", "数据比对"),
                                    ("media", "媒体反映"),
                                ],
                                max_length=12,
                                verbose_name="发现途径",
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="具体位置")),
                        ("description", models.CharField(max_length=2000, verbose_name="情况")),
                        ("party", models.CharField(blank=True, max_length=120, verbose_name="当事人")),
                        ("plate", models.CharField(blank=True, max_length=12, verbose_name="车牌号")),
                        ("campaign", models.CharField(blank=True, max_length=60, verbose_name="专项行动")),
                        (
                            "origin",
                            models.CharField(blank=True, default="", max_length=24, verbose_name="来源编号"),
                        ),
                        ("finder", models.BigIntegerField(null=True)),
                        ("finder_name", models.CharField(blank=True, max_length=60, verbose_name="发现人")),
                        ("found_on", models.DateField(verbose_name="发现日期")),
                        ("struck_on", models.DateField(blank=True, null=True, verbose_name="首次打击日期")),
                        ("measures", models.CharField(blank=True, max_length=2000, verbose_name="打击措施")),
                        ("detained_persons", models.SmallIntegerField(default=0, verbose_name="拘留人数")),
                        ("detained_vehicles", models.SmallIntegerField(default=0, verbose_name="扣留车辆")),
                        (
                            "how_banned",
                            models.CharField(blank=True, max_length=2000, verbose_name="取缔措施"),
                        ),
                        ("banned_on", models.DateField(blank=True, null=True, verbose_name="首次取缔日期")),
                        ("quiet", models.SmallIntegerField(default=0, verbose_name="连续回查未反弹")),
                        (
                            "rechecked_on",
                            models.DateField(blank=True, null=True, verbose_name="最近回查日期"),
                        ),
                        ("reemergences", models.SmallIntegerField(default=0, verbose_name="死灰复燃次数")),
                        (
                            "reemerged_on",
                            models.DateField(blank=True, null=True, verbose_name="首次反弹日期"),
                        ),
                        ("consolidated_on", models.DateField(blank=True, null=True, verbose_name="巩固日期")),
                        ("settled_on", models.DateField(blank=True, null=True, verbose_name="查处日期")),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("case", "立案处罚"),
                                    ("detained", "扣留车辆或物品"),
                                    ("warned", "批评教育"),
                                    ("trained", "离岗培训"),
                                    ("dismissed", "调离或解除"),
                                    ("legalised", "停止违法行为并补办手续"),
                                    ("passed", "移送其他机关"),
                                ],
                                max_length=12,
                                verbose_name="处理方式",
                            ),
                        ),
                        ("police_on", models.DateField(blank=True, null=True, verbose_name="移交公安日期")),
                        (
                            "police_act",
                            models.CharField(blank=True, max_length=12, verbose_name="移交的线索"),
                        ),
                        (
                            "police_receipt",
                            models.CharField(blank=True, max_length=60, verbose_name="公安回执"),
                        ),
                        (
                            "police_received_on",
                            models.DateField(blank=True, null=True, verbose_name="公安签收日期"),
                        ),
                        (
                            "police_feedback",
                            models.CharField(blank=True, max_length=2000, verbose_name="公安反馈"),
                        ),
                        (
                            "police_feedback_on",
                            models.DateField(blank=True, null=True, verbose_name="公安反馈日期"),
                        ),
                        (
                            "case_no",
                            models.CharField(blank=True, default="", max_length=24, verbose_name="执法案件"),
                        ),
                        ("dismissed", models.BooleanField(default=False)),
                        ("search", bihuan.kernel.search.PairCodesField(editable=False, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                                verbose_name="牵头打击单位",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                                verbose_name="所在镇街（村）",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["found_on", "uid"], name="crackdown_by_day"),
                            models.Index(fields=["state", "deadline"], name="crackdown_by_deadline"),
                            models.Index(fields=["region_path", "state"], name="crackdown_by_place"),
                            models.Index(fields=["kind", "code", "found_on"], name="crackdown_by_code"),
                            models.Index(
                                condition=models.Q(
                                    ("police_feedback_on", None), ("police_on__isnull", False)
                                ),
                                fields=["police_on"],
                                name="crackdown_police_waiting",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "found",
                                            "struck",
                                            "awaiting_ban",
                                            "banned",
                                            "consolidated",
                                            "settled",
                                            "dismissed",
                                        ],
                                    )
                                ),
                                name="crackdown_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "den",
                                            "fireworks",
                                            "explosives",
                                            "mine",
                                            "chemical",
                                            "person",
                                            "vehicle",
                                            "other",
                                        ],
                                    )
                                ),
                                name="crackdown_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["banned", "consolidated"]), _negated=True),
                                    models.Q(("banned_on__isnull", False), ("struck_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="crackdown_banned_with_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "settled"), _negated=True),
                                    models.Q(
                                        ("settled_on__isnull", False), models.Q(("way", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="crackdown_settled_with_a_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("police_feedback_on", None),
                                    ("police_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="crackdown_feedback_after_passing",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("crackdown_item")),
        migrations.RunSQL(tally.create_sql(ITEMS)),
    ]
