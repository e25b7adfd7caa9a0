"""How a payload lies on disk: deflated against a dictionary of what payloads are made of.

A payload is short and much like the next one; by itself it hardly shrinks, beside a dictionary it does to a third. The
first byte names the dictionary, so a better one can follow while everything packed with this one stays readable. A
dictionary is never changed: not one byte of what was packed with it could be read again.
"""

from __future__ import annotations

import zlib

WORDS_1 = (
    '"batch":"01a2","line":1"agency":"campaign":"category":"criterion":"document_no":"commitment":"content":"docx":"pdf":'
    '"failed_acceptances":1"former":{"found_by":"former_acceptance":{"by":"from":"into":"370403-H2026-0000'
    '"late_days":"to":["版本"version":1"said":{"label":"deed":"holder":"kind":"hazard_ledger","met_by":"period":"2026-0'
    '"listing":{"due":"2026-1","lead":"leader":"leader_post":"level":"district","listed_on":"区级城管应急管理局人民政府'
    '"checked_on":"passed":true}"finding":"until":"lead":1,"leader_post":"reported_on":"2026-1"recurs":"370403-H2026-0'
    '"accepted_by":"ledger":"隐患排查治理台账.xlsx","state":"closed","state":"awaiting_acceptance","state":"rectifying"'
    "电气线路老化破损配电箱未上锁灭火器压力不足过期应急照明灯损坏疏散指示标志缺失消火栓被遮挡安全出口疏散通道堵塞堆放杂物"
    "可燃物危险化学品有限空间防护罩特种设备未定期检验警示标识不规范未设置操作规程教育培训记录不全制度不健全责任不落实"
    "车间仓库锅炉房宿舍食堂东侧西侧南侧北侧一层二层现场核查，已整改到位，已整改完成，符合要求，同意验收，立即整改限期整改"
    "要求清理更换维修停用专人看守加强巡查，存在安全隐患，应急预案：整改期间"
    '"reason":"photos":["01a2"after_photos":["01a2"contingency_plan":"'
    '"deadline":{"due":"2026-1","rule":"收到整改报告后应在规定的工作日内验收"},"funds_spent":0,"rectified_on":"2026-1","result":"已整改'
    '"deadline":{"due":"2026-1","rule":"交办时确定的整改期限"},"funds_planned":0,"measures":"立即整改","rectify_by":"2026-1'
    '","responsible_person":"deadline":{"due":"2026-1","rule":"台账所载整改期限"},"accepted_on":"2026-1","opinion":"合格"}'
    '{"campaign":"deadline":{"due":"2026-1","rule":"上报后应在规定的工作日内交办"},"description":"","found_by":"","found_on":"2026-0'
    '","funds":0,"grade":"major","grade":"general","object":"01a20","photos":["01a2","place":"'
    '"source":"self_check","source":"special","source":"routine","voluntary":true"voluntary":false}'
).encode()
_WINDOW, _MEMORY = -12, 4
_DEFLATE = zlib.compressobj(6, zlib.DEFLATED, _WINDOW, _MEMORY, zlib.Z_DEFAULT_STRATEGY, WORDS_1)
_INFLATE = zlib.decompressobj(_WINDOW, WORDS_1)


class Unreadable(ValueError):
    """存储的记录内容无法解开。"""


def pack(text: str) -> bytes:
    """``text`` as it is stored."""
    deflate = _DEFLATE.copy()
    return b"\x01" + deflate.compress(text.encode()) + deflate.flush()


def unpack(stored: bytes) -> str:
    """What :func:`pack` was given.

    Raises:
        Unreadable: it was packed by a newer version, or somebody altered it.
    """
    if stored[:1] != b"\x01":
        raise Unreadable
    try:
        inflate = _INFLATE.copy()
        text = inflate.decompress(stored[1:]).decode()
    except (zlib.error, UnicodeDecodeError) as reason:
        raise Unreadable from reason
    if not inflate.eof or inflate.unused_data:
        raise Unreadable
    return text
