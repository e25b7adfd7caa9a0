import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.uid
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables

IMMUTABLE = """
CREATE FUNCTION instruments_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a document is voided and issued anew, never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER instruments_instrument_fixed
    BEFORE UPDATE OF uid, no, kind, rule_version, organ_id, number, series, year, ordinal, loop, matter, matter_no, facts,
        paper, articles, digest, issued_on, issued_at, issued_by, issued_by_ref, addressee, replaces_id
    ON instruments_instrument FOR EACH ROW
    WHEN (ROW(NEW.uid, NEW.no, NEW.kind, NEW.rule_version, NEW.organ_id, NEW.number, NEW.series, NEW.year, NEW.ordinal,
              NEW.loop, NEW.matter, NEW.matter_no, NEW.facts, NEW.paper, NEW.articles, NEW.digest, NEW.issued_on,
              NEW.issued_at, NEW.issued_by, NEW.issued_by_ref, NEW.addressee, NEW.replaces_id)
          IS DISTINCT FROM
          ROW(OLD.uid, OLD.no, OLD.kind, OLD.rule_version, OLD.organ_id, OLD.number, OLD.series, OLD.year, OLD.ordinal,
              OLD.loop, OLD.matter, OLD.matter_no, OLD.facts, OLD.paper, OLD.articles, OLD.digest, OLD.issued_on,
              OLD.issued_at, OLD.issued_by, OLD.issued_by_ref, OLD.addressee, OLD.replaces_id))
    EXECUTE FUNCTION instruments_stay();
CREATE TRIGGER instruments_instrument_with_entry
    BEFORE UPDATE OF signings, service, served_on, void_reason, voided_on ON instruments_instrument FOR EACH ROW
    WHEN (NEW.head = OLD.head AND ROW(NEW.signings, NEW.service, NEW.served_on, NEW.void_reason, NEW.voided_on)
          IS DISTINCT FROM ROW(OLD.signings, OLD.service, OLD.served_on, OLD.void_reason, OLD.voided_on))
    EXECUTE FUNCTION instruments_stay();
CREATE TRIGGER instruments_dossier_stays BEFORE UPDATE OR DELETE ON instruments_dossier
    FOR EACH ROW EXECUTE FUNCTION instruments_stay();
CREATE TRIGGER instruments_organprofile_stays BEFORE DELETE ON instruments_organprofile
    FOR EACH ROW EXECUTE FUNCTION instruments_stay();
CREATE TRIGGER instruments_serviceconsent_stays BEFORE DELETE ON instruments_serviceconsent
    FOR EACH ROW EXECUTE FUNCTION instruments_stay();
"""


class Migration(migrations.Migration):
    """Documents of enforcement, never changed but voided and issued anew; organs, consents and the volumes that hold them."""

    initial = True

    replaces = [
        ("instruments", "0001_documents_organs_dossiers"),
        ("instruments", "0002_what_a_volume_holds"),
    ]

    dependencies = [
        ("attachments", "0001_attachments"),
        ("loops", "0001_loops"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="OrganProfile",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("no", models.CharField(max_length=80, unique=True, verbose_name="留痕编号")),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField(default=bytes)),
                        ("full_name", models.CharField(max_length=100, verbose_name="机关全称")),
                        ("short_name", models.CharField(max_length=20, verbose_name="机关简称")),
                        ("mark", models.CharField(default="应急", max_length=10, verbose_name="文号代字")),
                        ("address", models.CharField(max_length=200, verbose_name="地址")),
                        ("phone", models.CharField(max_length=40, verbose_name="联系电话")),
                        ("contact", models.CharField(blank=True, max_length=60, verbose_name="联系人")),
                        ("bank", models.CharField(blank=True, max_length=100, verbose_name="代收罚款银行")),
                        (
                            "account_name",
                            models.CharField(blank=True, max_length=100, verbose_name="收款户名"),
                        ),
                        ("account", models.CharField(blank=True, max_length=60, verbose_name="收款账号")),
                        ("reconsideration", models.CharField(max_length=100, verbose_name="行政复议机关")),
                        ("court", models.CharField(max_length=100, verbose_name="管辖法院")),
                        ("changed_at", models.DateTimeField(verbose_name="更新时间")),
                        (
                            "agency",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organ_profile",
                                to="territory.agency",
                                verbose_name="机关",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ServiceConsent",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("no", models.CharField(max_length=80, unique=True, verbose_name="留痕编号")),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField(default=bytes)),
                        (
                            "object",
                            models.UUIDField(blank=True, db_index=True, null=True, verbose_name="当事人"),
                        ),
                        ("matter", models.UUIDField(blank=True, db_index=True, null=True)),
                        ("addressee", models.CharField(max_length=200, verbose_name="受送达人")),
                        ("channel", models.CharField(max_length=40, verbose_name="方式")),
                        ("address", models.CharField(max_length=200, verbose_name="送达地址")),
                        ("given_on", models.DateField(verbose_name="确认日期")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="撤回日期")),
                        ("kept_by", models.CharField(max_length=60, verbose_name="登记人")),
                        (
                            "paper",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="attachments.attachment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "电子送达确认书",
                    },
                ),
                migrations.CreateModel(
                    name="Dossier",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("no", models.CharField(max_length=80, unique=True, verbose_name="留痕编号")),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField(default=bytes)),
                        ("loop", models.CharField(max_length=30)),
                        ("matter", models.UUIDField(db_index=True)),
                        ("matter_no", models.CharField(max_length=24, verbose_name="事项编号")),
                        ("ordinal", models.SmallIntegerField(default=1, verbose_name="第几次成卷")),
                        ("file_no", models.CharField(max_length=60, verbose_name="归档号")),
                        ("title", models.CharField(max_length=200, verbose_name="案卷题名")),
                        ("retention", models.CharField(max_length=20, verbose_name="保存期限")),
                        ("parts", models.JSONField(default=list, verbose_name="卷内文件")),
                        ("cover", models.JSONField(default=dict, verbose_name="案卷首页")),
                        ("pages", models.IntegerField(verbose_name="页数")),
                        ("digest", models.BinaryField(max_length=32, verbose_name="摘要")),
                        ("bound_at", models.DateTimeField(verbose_name="成卷时间")),
                        ("bound_by", models.CharField(max_length=60, verbose_name="成卷人")),
                        (
                            "volume",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="attachments.attachment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "案卷",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("matter", "ordinal"), name="dossiers_of_a_matter_in_order"
                            )
                        ],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["parts"], name="dossier_by_part", opclasses=["jsonb_path_ops"]
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Instrument",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("no", models.CharField(max_length=80, unique=True, verbose_name="留痕编号")),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField(default=bytes)),
                        ("kind", models.CharField(max_length=40, verbose_name="文种")),
                        ("rule_version", models.CharField(max_length=20, verbose_name="样式版本")),
                        ("number", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                        ("series", models.CharField(blank=True, max_length=30, verbose_name="代字")),
                        ("year", models.SmallIntegerField(verbose_name="年份")),
                        ("ordinal", models.IntegerField(blank=True, null=True, verbose_name="序号")),
                        ("loop", models.CharField(max_length=30)),
                        ("matter", models.UUIDField(db_index=True)),
                        ("matter_no", models.CharField(max_length=24, verbose_name="事项编号")),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("object", models.UUIDField(blank=True, db_index=True, null=True)),
                        ("facts", models.JSONField(default=dict, verbose_name="内容")),
                        ("paper", models.JSONField(default=dict, verbose_name="文书正文")),
                        ("articles", models.JSONField(default=list, verbose_name="引用条款")),
                        ("digest", models.BinaryField(max_length=32, verbose_name="摘要")),
                        ("issued_on", models.DateField(verbose_name="制发日期")),
                        ("issued_at", models.DateTimeField(verbose_name="制发时间")),
                        ("issued_by", models.CharField(max_length=60, verbose_name="制发人")),
                        ("issued_by_ref", models.CharField(blank=True, max_length=40)),
                        ("addressee", models.CharField(blank=True, max_length=200, verbose_name="送达对象")),
                        (
                            "state",
                            models.CharField(
                                choices=[("issued", "已制发"), ("voided", "已作废")],
                                default="issued",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "void_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="作废原因"),
                        ),
                        ("voided_on", models.DateField(blank=True, null=True, verbose_name="作废日期")),
                        ("signings", models.JSONField(default=list, verbose_name="签名")),
                        ("service", models.JSONField(default=dict, verbose_name="送达")),
                        ("served_on", models.DateField(blank=True, null=True, verbose_name="送达日期")),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                                verbose_name="制发机关",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="instruments.instrument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "执法文书",
                        "indexes": [models.Index(fields=["kind", "issued_on"], name="instrument_by_kind")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ordinal__isnull", False)),
                                fields=("organ", "series", "year", "ordinal"),
                                name="one_instrument_per_number",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("instruments_instrument")),
        migrations.RunSQL(IMMUTABLE),
    ]
