"""How the genre writes time: patterns only, matched on compact text."""

from __future__ import annotations

import re

MOST_DATE_LINE = 24
HEAD_LINES = 8
TERM_LINE = re.compile("时限|期限|节点|前|止|底|起|阶段")
MEETING_DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日(?=上午|下午|晚|，|，?.{0,12}(?:主持)?召开)")
ATTACHMENT = re.compile(r"附件[\d一二三四五]{0,2}")
N = r"(?:\d{1,3}|[一二三四五六七八九十两]{1,3})"
YEAR = r"(?:(?P<year>\d{4}|今|明|本|当|次|来|20[xX×*]{2}|[xX×]{1,4})年)?"
UNTIL = r"(?:前|之前|以前|底前|止|起|至|为止|内)?"
LEADING = r"(?:截至|截止|从|自|于|在|到|至|务必于|最迟|最晚|不晚于|不迟于)?"


RECURRENCES = (
    (r"每(?:个)?工作日|每日|每天|按日|日报告|日调度", "daily"),
    (r"每周[一二三四五六日天]?(?:前)?|按周|每星期|周调度|周报", "weekly"),
    (r"每(?:半个?月|旬)", "fortnightly"),
    (r"每(?:个)?月(?:底|末|初|\d{1,2}(?:日|号))?(?:前)?|按月|月调度|逐月", "monthly"),
    (rf"每{N}个?月|每{N}个?小时|每个?学期", "periodic"),
    (r"每(?:个)?季度?(?:末|初|首月)?(?:前)?|按季度?", "quarterly"),
    (r"每半年|半年一次", "half-yearly"),
    (r"每年(?:\d{1,2}月(?:\d{1,2}日|底)?前?)?|按年|逐年|一年一次", "yearly"),
    (r"(?<![规固约确指限])不?定期(?!限|间|货)|经常性地?", "periodic"),
)
RECURRENCE = re.compile("|".join(f"(?P<r{at}>{pattern})" for at, (pattern, _) in enumerate(RECURRENCES)))

RANGE = re.compile(
    rf"(?:从|自)?{YEAR.replace('year', 'year1')}(?P<month1>\d{{1,2}})月(?:份)?(?:(?P<day1>\d{{1,2}})[日号])?"
    rf"(?:开始|起)?(?:，|至|到|—+|-+|～|~)+{YEAR}(?P<month>\d{{1,2}})月(?:份)?(?:(?P<day>\d{{1,2}})[日号])?(?P<end>底|末)?(?:前|止|结束)?"
)
SPAN = re.compile(
    rf"(?:从|自)?{YEAR}(?P<month>\d{{1,2}})月\d{{1,2}}[日号]?(?:至|到|—+|-+|～|~)+(?P<day>\d{{1,2}})[日号]"
)
NEAR_DAY = re.compile(
    r"(?:务必于|于|在)?(?P<when>今|明|后)[天日](?:上午|中午|下午|晚上|晚)?(?:\d{1,2}[时点])?(?:之?前|以前|下班前)"
)
DAY = re.compile(rf"{LEADING}{YEAR}(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]{UNTIL}(?!(?<=至)\d)")
MONTH = re.compile(
    rf"{LEADING}{YEAR}(?P<month>\d{{1,2}})月(?:份)?(?!\d{{1,2}}[日号])(?P<end>底|末|上旬|中旬|下旬|初)?{UNTIL}"
)
NAMED_DAY = re.compile(
    rf"{LEADING}(?:(?P<when>本|这个|当|下|次)(?:个)?月|(?<![个半\d])月)(?:(?P<day>\d{{1,2}})[日号]|(?P<end>底|末|内)){UNTIL}"
)
WEEK = re.compile(r"(?P<when>本|这|当|下)周(?P<weekday>[一二三四五六日天末])?(?:内|前|底|之前|底前)?")
QUARTER = re.compile(rf"{YEAR}第?(?P<quarter>[一二三四1234])季度(?:末|底|内|结束|以内)?(?:之?前)?")
HALF = re.compile(rf"{YEAR}(?P<half>上|下)半年(?:内|底|末)?(?:之?前)?")
YEAR_END = re.compile(
    rf"(?:(?P<year>\d{{4}}|今|明|本|当|20[xX×*]{{2}})年年?(?:内|底|末)|(?<![^起]到)(?:年底|年末|岁末(?!年初)|年终(?!评|考核(?:成绩|结果|得分|内容)|绩|述|总|奖)|年内)){UNTIL}"
)
WITHIN = re.compile(
    rf"(?:自.{{1,12}}?起)?(?P<count>{N})个?(?P<unit>工作日|自然日|日|天|周|星期|月|小时)(?:之?内|以内)"
)
TAKING = re.compile(rf"(?:利用|用)(?P<count>{N})个?(?P<unit>日|天|周|星期|月)(?:左右)?的?时间")
FESTIVAL = re.compile(
    r"(?:(?:元旦|春节|清明|五一|端午|国庆|中秋|两会|春运|汛期|主汛期|入汛|入冬|供暖季|供暖|开学|节日|节假日|节|中高考|高考|暑期|寒假|冬季|夏季|雨季)(?:、|和|及|至)?){1,4}(?:节|期|假期|放假)?(?:之?前(?!后|期|夕|沿)|来临前|到来前)"
)
SEASON = re.compile(
    r"^(?:在|于)?(?:全国)?(?:(?:元旦|春节|清明|五一|端午|国庆|中秋|两会|春运|汛期|主汛期|节日|节假日|暑期|寒假|冬季|夏季|雨季|重大活动|重要节点|供暖)(?:节|假期)?(?:、|和|及|以及)?){1,4}(?:期间|期)?$"
)
NOW = re.compile(
    r"(?<!能)立即|立刻|马上|即刻|即日起|迅速(?=组织|开展|部署|整改)|尽快|尽早|会后(?=，|要|立即|迅速|抓紧)|(?<=[在于])会后"
)
NO_END = re.compile("(?:持续|长期|常态化|不断)(?:推进|坚持|实施|开展|进行)?。?")
HABIT = re.compile("[^，]{2,14}(?:机制|制度)")
OBJECT = re.compile("(?:和|落实|实行|建立|执行|坚持|完善|的)$")
TITLED = re.compile("《[^《》]*》")
BAN = re.compile(r"^.{0,2}(?:不得|不予|禁止|取消|不准|暂停)")
HELD = re.compile(r"^(?:召开|印发|下发)")
TOLD = re.compile(r"^(?:发生|凌晨|施行|实施的|出台的|的|以来)")


def _anonymous(pattern: re.Pattern[str]) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern)


_TIMES = (SPAN, NEAR_DAY, DAY, YEAR_END, QUARTER, WITHIN, WEEK, NAMED_DAY, MONTH, RECURRENCE)
# A wording of time in front of a verb: 「每月抽查」, 「6月底前完成」, 「会后三个工作日内报送」.
BEFORE_VERB = re.compile(
    r"^(?:[^，]{0,8}(?:结束|召开|下发)后)?(?:" + "|".join(_anonymous(one) for one in _TIMES) + r")"
    r"(?:\d{1,2}[时点]前|中午前|下班前)?"
)
_BEFORE_SPAN = 4
_WHEN_ALONE = re.compile("|".join(_anonymous(one) for one in (RANGE, SPAN, DAY, MONTH, NAMED_DAY)))


def is_when(clause: str) -> bool:
    """Whether a clause says nothing but when: 「4月1日至10日，」, 「两会期间，」."""
    within = WITHIN.search(clause)
    soon = bool(within and within.end() == len(clause) and within.start() <= _BEFORE_SPAN)
    return soon or bool(_WHEN_ALONE.fullmatch(clause) or SEASON.match(clause))
