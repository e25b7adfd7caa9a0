"""Where an illegal act or place stands, where such places are found, and how they came to light."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class ItemState(State):
    FOUND = "found", "待打击"
    STRUCK = "struck", "待取缔"
    AWAITING_BAN = "awaiting_ban", "待批准取缔"
    BANNED = "banned", "巩固中"
    CONSOLIDATED = "consolidated", "已巩固"
    SETTLED = "settled", "已查处"
    DISMISSED = "dismissed", "不属实"


class PlaceType(State):
    """Where dens hide; a dragnet looks into each of them in each village (M145, M146)."""

    IDLE_HOUSE = "idle_house", "闲置房屋"
    BRICKYARD = "brickyard", "废弃砖厂"
    GREENHOUSE = "greenhouse", "蔬菜大棚"
    STOPPED_FACTORY = "stopped_factory", "停工厂房"
    FARM = "farm", "养殖场"
    WELL_HOUSE = "well_house", "机井房"
    DWELLING = "dwelling", "居民住宅"
    SHOP = "shop", "门店摊点"
    WAREHOUSE = "warehouse", "仓库货场"
    MINE_SITE = "mine_site", "矿区矿点"
    ROAD = "road", "道路沿线"
    OTHER = "other", "其他"


class Source(State):
    DRAGNET = "dragnet", "拉网摸排"
    PATROL = "patrol", "日常巡查"
    TIP_OFF = "tip_off", "群众举报"
    INSPECTION = "inspection", "执法检查"
    UNDERCOVER = "undercover", "暗访"
    REFERRED = "referred", "部门移送"
    RECORDED = "recorded", "数据比对"
    MEDIA = "media", "媒体反映"


class Way(State):
    """How an act that leaves no place to ban was dealt with."""

    CASE = "case", "立案处罚"
    DETAINED = "detained", "扣留车辆或物品"
    WARNED = "warned", "批评教育"
    TRAINED = "trained", "离岗培训"
    DISMISSED = "dismissed", "调离或解除"
    LEGALISED = "legalised", "停止违法行为并补办手续"
    PASSED = "passed", "移送其他机关"
