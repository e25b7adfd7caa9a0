"""The shapes of a clause: duty words, deeds, what leads up to them and what they are for."""

from __future__ import annotations

import re

from bihuan.capabilities.dispatch.speeches.vocabulary import families, one_of, words

MODAL = re.compile(
    r"(?:(?<![主重必需首简纪摘想只次扼紧])一?定?要(?![求素点害么是道领挟])|(?<!管安全)(?<!行业)(?<!业务)(?<!经营)必须|应当|应该|(?<!业)务必|务求"
    r"|(?<![对相响反适供效因照理答范])应(?=[按在于将]|对(?![工措准处能各突恶极强低雨台汛风灾事险复挑新气寒高])|立即|及时|建立|加强|制定|配备|设置|保持|落实|组织|认真|切实|主动|积极)|(?<![必无])须(?![知臾要]))"
)
OPENER = re.compile(f"(?:{one_of(words('openers'))}，?)+")
CONNECTIVE = re.compile(f"(?:{one_of(words('connectives'))}，?)")
FILLER = re.compile(f"{one_of(words('fillers'))}+")
ADVERB = re.compile(one_of(words("adverbs")))
VERB = re.compile(one_of(families()))
DEED = re.compile(one_of(verb for verb in families() if len(verb) > 1))
PRELUDE = re.compile(one_of(words("clauses", "preludes")))
PURPOSE = re.compile(one_of(words("clauses", "purposes")))
MIND = re.compile(one_of(words("clauses", "minds")))
COGNITIVE = re.compile(f"{one_of(words('clauses', 'cognitive'))}$")
GENERIC = re.compile(one_of(words("clauses", "generic")))
CONDITION = re.compile(one_of(words("clauses", "conditions")))
HANDLING = re.compile(one_of(words("clauses", "handling")))
FOLLOW_UP = re.compile(one_of(words("clauses", "follow_ups")))
MARK = re.compile(one_of(words("narrative", "marks")) + r"|(?<![为除罢])了(?!解|如|望|结)")
PROHIBITION = re.compile(one_of(words("duty", "prohibitions")))
RHETORICAL = re.compile(one_of(words("duty", "rhetorical")))
PLACE = re.compile(r"^(?:在|于)[^，]{1,16}?(?:范围内|基础上|期间|之内|过程中|领域|以内|前|内|中)")
TOPIC = re.compile(r"^(?:在|就)?[^，]{2,24}?(?:领域|方面|行业|环节|上|系统)$")
HANDLED = re.compile(r"^(?:对|把|将|向|就|针对|与|和|为)")
SLOGAN = re.compile(r"^(?:[^、，]{3,4}、)+[^、，]{3,4}$")
SLOGAN_VERB = re.compile(r"^[抓查强严促保除压控重补管守明尽担履]")
BY = re.compile(r"由(?=[^，]{3,})(?![于此])")
NO_DUTY_OF = re.compile(r"(?:[^，]{0,4})(?:组成|构成|引起|引发|造成|导致|产生|批准的|颁发的|出具的)|的|$")
IN_CHARGE = re.compile(r"(?:具体)?(?:牵头(?!单位|部门)|负责(?!人|同志|制|的))")
LEADING = re.compile(r"(?:牵头|负责|抓总|主抓|统筹)")
TO_SOMEBODY = re.compile(f"[向对把将][^，]+{DEED.pattern}$")
COMPLETE = re.compile(one_of(words("clauses", "complete")))
THOSE_WHO = re.compile(
    r"的(?:单位|企业|部门|镇街|乡镇|街道|场所|人员|车辆|装置|设备|项目|路段|区域|隐患|行为|建筑|船舶|工地|公司|个人|责任人|干部)$"
)
WHEN = re.compile(r"(?:一经|遇有|遇到|一旦|如遇|如有|如果|凡是?|出现|接到|逾期)[^，]*$")
TELLING = re.compile(one_of(words("clauses", "telling")))
MANNER = re.compile(r"(?:按照?|根据|依据|以|结合|通过|发挥|在|为)")
TELLING_FAMILIES = frozenset({"check", "report", "teach", "sanction", "ban", "assign", "crack"})
PEOPLE = re.compile(
    r"(?:部门|员|干部|派出所|志愿者|民兵|企业|业主|商户|家长|师生|党员|社区|村居|人员|干警|力量|单位|专家|骨干|队伍|群众)"
    r"(?:等)?(?:深入[^，]*)?$"
)
BASES = (
    "要求",
    "部署",
    "原则",
    "规定",
    "精神",
    "标准",
    "方案",
    "实际",
    "职责",
    "分工",
    "思路",
    "特点",
    "任务",
    "目标",
    "情况",
    "安排",
    "意见",
    "通知",
    "办法",
    "程序",
    "工作",
)
PENALTY = re.compile(r"(?:[一二三\d]年内)?(?:不得(?:提拔|评|参加评|晋升|重用)|一律(?:就地)?免职|引咎)")
DUE_REPORT = re.compile(
    r"(?:\d[日号]|月底|年底|周[一二三四五六日]|底|每[日天周月季年][^，]{0,8})(?:下班)?(?:之?前|以前)[^，]{0,20}?(?:报|送|反馈|上报|报送|报备)"
)
TIMED = re.compile(
    r"(?:到|于|在)?(?:[今明]?年[内底](?:前)?|\d{1,2}月(?:底|\d{1,2}日)?(?:之?前|以前))(?=.{4})(?!，)"
)
FURTHERS = re.compile(r"(?:推动|推进|促进|带动)[^，]*(?:发展|好转|提升|提高|落地见效|稳定)$")
ESPECIALLY = re.compile(
    r"，?(?:特别是|尤其是)(?P<who>[^，]{2,40}?(?:企业|单位|部门|场所|镇街|乡镇))(?=要|必须|应|务必|都要|也要)"
)
LISTED = re.compile(
    r"(?:(?:[\u4e00-\u9fa5]{2,8}、)+[\u4e00-\u9fa5]{2,8}?(?:等(?:[\u4e00-\u9fa5]{0,6}(?:单位|部门|企业|场所|机构))?|单位|部门|企业|场所|机构|公司)"
    r"|[\u4e00-\u9fa5]{2,4}(?:主管|监管)?部门)(?=[都也均]?(?:要|必须|应当))"
)
SOFT = frozenset({"研究", "分析", "总结", "调查", "研判"})
ASIDE = re.compile("不(?:光|仅|但)(?:仅)?$")
WILL = re.compile(
    f"将(?=(?:{ADVERB.pattern}|{VERB.pattern}))(?!.{{2,}}(?:报|纳入|列入|列为|移交|移送|落实到|作为|通报))"
)
PUNISHED = re.compile(r"[^，要将应对]{0,14}(?:问责|追责|免职|处分)")
RANKED = re.compile(
    r"(?:把|将)[^，]+(?:摆在|放在|摆上|作为重中之重|作为头等大事|作为首要|当作头等大事|当成头等大事|作为第一|结合起来)"
)
LATER_USE = re.compile(
    r"[^，由]{0,8}(?:情况|结果|清单|名单|进度|进展|台账)(?:及时|统一|一并|全部|同步|逐级)?(?:报|公布|公示|通报|张榜|上墙|建账|备案|纳入|录入|汇总|存档|公开|在|向|作为)"
)
WHEN_OR_HOW = re.compile(
    r"(?:(?:接到|收到|发现|查出|遇有|会后|节前|节后|会前|汛前|在|于|从|自|按|根据|结合|对照|作为|每|今天|明天|本周|本月|\d)[^的，]{1,18}|[^的，]{1,10}(?:后|前|时|期间))"
)
"""What may stand between an addressee and the duty word: 「各镇接到通知后要……」."""
ASKED = re.compile(r"请(?=于|在|务必|尽快|及时|抓紧|按)")
ONLY_HELPS = re.compile("(?:积极|密切|予以|做好)?(?:配合|协助|参与|参加)(?:工作)?$")
HELP = re.compile("会同|联合|协同|商|牵头，?会同")
GOES_ON = re.compile(r"(?:及时|并(?!联)|不断|进一步|从而|以此|(?:把|将)[^，]{0,14}传达)")
HOLLOW = re.compile(f"{one_of(words('clauses', 'hollow'))}$")
DEFINED = re.compile("是[^，]*(?:基础|关键|前提|保障|根本|举措|环节|目的|体现|法宝|抓手|工程)$")
MEANS = re.compile("(?:用好|用活)[^，]*(?:手段|利器|杠杆|抓手|优势)$")
IN_FORCE = re.compile("[^，]{2,12}?(?:一律实行|全面实行|实行|推行)(?=[^，]{2,})")
NOUNED = re.compile(f"{DEED.pattern}(?:单位|部门|机构|人员|员|组|队|站|专班|大队)")
"""A deed that is part of a name: 「监测单位」, 「检查组」."""
CLEARED_UP = re.compile("厘清|理清|明确|划清|界定|划分")
SUFFERS = re.compile("受到|面临|遭到|承受|付出[^，]*代价")
AS = re.compile(r"^(?:作为|是)[^，]*$")
