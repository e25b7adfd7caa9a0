"""Words for sectors that workbooks use and the tree does not know: they wait, with an owner, until somebody says (M071).

A row under an unknown sector is refused, never guessed; the word itself is kept with its age and the rows that wait for
it. Once it is said to mean a sector, the next reading of a workbook knows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet, Sum

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role, User
from bihuan.kernel.territory.models import Agency, Sector, SectorAlias
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import find_sector, in_force
from bihuan.kernel.workbooks.models import ImportBatch
from bihuan.kernel.workbooks.reasons import Rejection
from bihuan.registers import trail
from bihuan.registers.models import SectorWord, SectorWordUse

LONGEST = 60
_UNKNOWN = ".unknown_sector"
OFFICE = "安委办"


def note_unknown(batch: ImportBatch, rejections: Iterable[Rejection]) -> None:
    """Keep the unknown sectors of a workbook that was just read; reading it again counts its rows anew."""
    rows = Counter(
        one.value.strip() for one in rejections if one.code.endswith(_UNKNOWN) and one.value.strip()
    )
    with transaction.atomic():
        SectorWordUse.objects.filter(batch=batch.pk, word__decided_at=None).delete()
        moment = clock.now()
        for written, count in sorted(rows.items()):
            key = name_key(written)[:LONGEST]
            word, _ = SectorWord.objects.get_or_create(
                name_key=key, defaults={"word": written[:LONGEST], "first_seen": moment, "last_seen": moment}
            )
            SectorWord.objects.filter(pk=word.pk).update(last_seen=moment)
            SectorWordUse.objects.update_or_create(
                word=word,
                batch=batch.pk,
                defaults={
                    "filename": batch.filename,
                    "uploaded_by": batch.uploaded_by,
                    "account": batch.account,
                    "rows": count,
                    "at": moment,
                },
            )


def waiting_words(actor: Actor) -> QuerySet[SectorWord]:
    """The words the actor may decide, the longest waiting first, each with its workbooks and their rows."""
    rows = SectorWord.objects.filter(decided_at=None).filter(_mine(actor))
    counted = rows.annotate(books=Count("uses"), waiting=Sum("uses__rows"))
    return counted.filter(books__gt=0).select_related("owner").order_by("first_seen", "pk")


def access_word(actor: Actor, pk: int) -> SectorWord:
    """One word that waits for the actor.

    Raises:
        Absent: there is none, it waits for somebody else, or it was decided.
    """
    found = waiting_words(actor).filter(pk=pk).first()
    if found is None:
        raise Absent("没有这个待核定的写法，或已核定过")
    return found


def owner_of(word: SectorWord) -> str:
    """Whose it is to say."""
    return word.owner.name if word.owner else OFFICE


def hand_over(word: SectorWord, agency: Agency | None, actor: Actor) -> None:
    """Let an agency say what the word means; ``None`` takes it back to the committee office.

    Raises:
        Refused: not the committee office's hand (``sector_word.not_yours``), or decided meanwhile.
    """
    if not _is_office(actor):
        raise Refused.because("sector_word.not_yours", "由谁核定，由安委办指定")
    with transaction.atomic():
        held = _held(word, actor)
        held.owner, held.owner_since = agency, clock.now() if agency else None
        held.save(update_fields=["owner", "owner_since"])


def decide(word: SectorWord, sector: Sector, actor: Actor, reason: str = "") -> None:
    """Say that the word means ``sector``: an alias from the next reading on. Whoever uploaded it is told.

    Raises:
        Refused: decided meanwhile (``sector_word.decided``), a sector outside the actor's own
            (``sector_word.not_yours``) or no longer valid (``sector_word.gone``), or the word has come to mean another
            sector already (``sector_word.taken``).
    """
    _may_mean(actor, sector)
    with transaction.atomic():
        held = _held(word, actor)
        _alias(sector, held.name_key)
        _settle(held, sector, actor, reason)
        trail.note([trail.Noted(sector, "word_known", {"word": held.word, "reason": reason.strip()})], actor)
        notify(_told(held, f"“{held.word}”已核定为{sector.name}，请打开这次导入，点“重新读取”后再导入。"))


def dismiss(word: SectorWord, actor: Actor, reason: str) -> None:
    """Say that the word means no sector; whoever uploaded it is told to write another.

    Raises:
        Refused: as :func:`decide`; without a reason (``sector_word.no_reason``).
    """
    if not reason.strip():
        raise Refused.because("sector_word.no_reason", "请写明理由，上传人会看到", "reason")
    with transaction.atomic():
        held = _held(word, actor)
        _settle(held, None, actor, reason)
        notify(_told(held, f"“{held.word}”不是行业领域：{reason.strip()[:100]}。请改写后重新上传。"))


def add_word(sector: Sector, text: str, actor: Actor, reason: str = "") -> SectorWord:
    """Teach a word before any ledger uses it.

    Raises:
        Refused: not the actor's (``sector_word.not_yours``), empty or too long (``sector_word.bad_word``), or it means a
            sector already (``sector_word.taken``).
    """
    _may_mean(actor, sector)
    written, key = text.strip(), name_key(text)
    if not key or len(key) > LONGEST:
        raise Refused.because("sector_word.bad_word", f"请填写写法，不超过 {LONGEST} 个字", "word")
    with transaction.atomic():
        moment = clock.now()
        word, _ = SectorWord.objects.select_for_update().get_or_create(
            name_key=key, defaults={"word": written, "first_seen": moment, "last_seen": moment}
        )
        _alias(sector, key)
        _settle(word, sector, actor, reason)
        trail.note([trail.Noted(sector, "word_known", {"word": written, "reason": reason.strip()})], actor)
    return word


def drop_word(sector: Sector, pk: int, actor: Actor, reason: str) -> None:
    """Take a district's own word back; what was imported under it stays. A later ledger asks for it again.

    Raises:
        Absent: the sector has no such word of the district's own.
        Refused: not the actor's, or without a reason.
    """
    _may_mean(actor, sector)
    if not reason.strip():
        raise Refused.because("sector_word.no_reason", "请写明理由", "reason")
    with transaction.atomic():
        word = SectorWord.objects.select_for_update().filter(pk=pk, sector=sector).first()
        if word is None:
            raise Absent("没有这个写法，可能已经取消")
        SectorAlias.objects.filter(sector=sector, name_key=word.name_key).delete()
        word.sector, word.decided_at, word.decided_by, word.decided_by_post = None, None, "", ""
        word.first_seen = clock.now()
        word.save()
        word.uses.all().delete()
        trail.note(
            [trail.Noted(sector, "word_dropped", {"word": word.word, "reason": reason.strip()})], actor
        )


def own_words(sector: Sector) -> QuerySet[SectorWord]:
    """The district's own words for a sector, with who taught them."""
    return SectorWord.objects.filter(sector=sector).order_by("decided_at", "pk")


def _mine(actor: Actor) -> Q:
    if _is_office(actor):
        return Q()
    agencies = {scope.agency_id for scope in actor.scopes if scope.role == Role.REGULATOR and scope.agency_id}
    return Q(owner__in=agencies)


def _is_office(actor: Actor) -> bool:
    return actor.is_system or actor.holds(Role.OFFICE)


def _may_mean(actor: Actor, sector: Sector) -> None:
    """The committee office may name any sector of today, a regulator those of its own posts."""
    own = any(
        scope.role == Role.REGULATOR
        and (not scope.sector_paths or sector.path.startswith(scope.sector_paths))
        for scope in actor.scopes
    )
    if not (_is_office(actor) or own):
        raise Refused.because(
            "sector_word.not_yours", f"{sector.name}不在您主管的行业领域内，请由安委办核定", "sector"
        )
    if not Sector.objects.filter(in_force(clock.today()), pk=sector.pk).exists():
        raise Refused.because("sector_word.gone", f"{sector.name}已不再使用，请选择现行的行业领域", "sector")


def _held(word: SectorWord, actor: Actor) -> SectorWord:
    held = SectorWord.objects.select_for_update().filter(_mine(actor), pk=word.pk).first()
    if held is None or held.decided_at is not None:
        raise Refused.because("sector_word.decided", f"“{word.word}”已核定过，请刷新后查看")
    return held


def _alias(sector: Sector, key: str) -> None:
    known = find_sector(key, clock.today())
    if known is not None and known.pk != sector.pk:
        raise Refused.because("sector_word.taken", f"这个写法已是{known.name}的，请核对", "sector")
    if known is None:
        try:
            with transaction.atomic():
                SectorAlias.objects.update_or_create(name_key=key, defaults={"sector": sector})
        except IntegrityError as error:
            raise Refused.because("sector_word.taken", "这个写法刚刚被他人核定，请刷新后查看") from error


def _settle(word: SectorWord, sector: Sector | None, actor: Actor, reason: str) -> None:
    word.sector, word.decided_at, word.reason = sector, clock.now(), reason.strip()[:200]
    word.decided_by, word.decided_by_post = actor.name[:60], actor.post[:120]
    word.save()


def _told(word: SectorWord, text: str) -> list[NewNotice]:
    """A notice to everybody whose workbook waited for the word."""
    noted = word.uses.values_list("account", flat=True)
    accounts = {account for account in noted if account is not None}
    people = User.objects.filter(pk__in=accounts, is_active=True).values_list("person_id", flat=True)
    books = "、".join(f"《{name}》" for name in word.uses.values_list("filename", flat=True)[:3])
    return [NewNotice(f"您上传的{books}里，{text}", person_id=person) for person in people]
