"""The lot itself, pure: the same lists and the same seed give the same result on every machine and for ever.

Version 2, in words anybody can follow with an SM3 tool:

1. Each list is written one identity a line, sorted, in UTF-8, each line ended by a line feed; its SM3 is the list's
   digest, fixed before the lot is cast.
   So are the conditions of the draw: the lines ``count=n``, ``team=m`` and, for every target from which officers must keep
   away, ``apart|target|officer,officer`` (both sorted), each line ended by a line feed; their SM3 is *C*.
2. The system chooses 32 random bytes *r* (written as 64 hexadecimal letters) when the lists are frozen, and publishes
   ``SM3(r)`` at once. When the lot is cast a witness may call out words *w*. The seed is ``SM3("r|w|T|O|C")`` in
   hexadecimal, T and O being the digests of the two lists: nobody could foresee it, and nobody can change it after. How
   many are drawn, of how many a team is and who keeps away is thereby fixed with the lists.
3. The lot of an identity is ``SM3("seed|target|identity")``. The targets are ordered by their lots; the first *n* are drawn.
4. For the target at place *k* (from 1) every officer has the lot ``SM3("seed|officer|k|identity")``. Officers who must
   keep away from this target are left out; the others are ordered by how often they were drawn so far, then by lot;
   the first *m* are its team. So work is spread evenly and yet by chance.

Version 1 knew no conditions: its seed is ``SM3("r|w|T|O")``. What was drawn under it is replayed under it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bihuan.kernel.crypto import sm3

VERSION = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """One target with its place in the draw, its lot and its team."""

    place: int
    target: str
    lot: str
    officers: tuple[str, ...]


def digest(text: str) -> str:
    """SM3 in hexadecimal."""
    running = sm3.new()
    running.update(text.encode())
    return running.digest().hex()


def list_digest(identities: Sequence[str]) -> str:
    """The digest of a frozen list; its order does not matter."""
    return digest("".join(f"{one}\n" for one in sorted(identities)))


def conditions_digest(count: int, team: int, apart: Mapping[str, Sequence[str]]) -> str:
    """The digest of how many are drawn, of how many a team is, and who keeps away from whom."""
    lines = [f"count={count}", f"team={team}"]
    lines += [
        f"apart|{target}|{','.join(sorted(apart[target]))}" for target in sorted(apart) if apart[target]
    ]
    return digest("".join(f"{line}\n" for line in lines))


def seed_of(secret: str, words: str, targets: str, officers: str, conditions: str = "") -> str:
    """The seed from the secret, the witness's words and the digests of the lists and, since version 2, the conditions."""
    told = f"{secret}|{words}|{targets}|{officers}"
    return digest(f"{told}|{conditions}" if conditions else told)


def draw(
    seed: str,
    targets: Sequence[str],
    officers: Sequence[str],
    *,
    count: int,
    team: int,
    apart: Mapping[str, Sequence[str]],
) -> list[Drawn]:
    """Cast the lots. ``apart`` names for a target the officers who must keep away from it.

    A target for which fewer than ``team`` officers remain gets those there are; the caller refuses it beforehand.
    """
    ordered = sorted((digest(f"{seed}|target|{one}"), one) for one in targets)[:count]
    turns = dict.fromkeys(officers, 0)
    drawn = []
    for place, (lot, target) in enumerate(ordered, start=1):
        away = set(apart.get(target, ()))
        ranked = sorted(
            (turns[one], digest(f"{seed}|officer|{place}|{one}"), one) for one in officers if one not in away
        )
        chosen = tuple(one for _, _, one in ranked[:team])
        for one in chosen:
            turns[one] += 1
        drawn.append(Drawn(place, target, lot, chosen))
    return drawn
