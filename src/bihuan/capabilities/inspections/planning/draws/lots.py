"""The lot itself, pure: the same lists and the same seed give the same result on every machine and for ever.

Version 1, in words anybody can follow with an SM3 tool:

1. Each list is written one identity a line, sorted, in UTF-8, each line ended by a line feed; its SM3 is the list's
   digest, fixed before the lot is cast.
2. The system chooses 32 random bytes *r* (written as 64 hexadecimal letters) when the lists are frozen, and publishes
   ``SM3(r)`` at once. When the lot is cast a witness may call out words *w*. The seed is ``SM3("r|w|T|O")`` in
   hexadecimal, T and O being the digests of the two lists: nobody could foresee it, and nobody can change it after.
3. The lot of an identity is ``SM3("seed|target|identity")``. The targets are ordered by their lots; the first *n* are drawn.
4. For the target at place *k* (from 1) every officer has the lot ``SM3("seed|officer|k|identity")``. Officers who must
   keep away from this target are left out; the others are ordered by how often they were drawn so far, then by lot;
   the first *m* are its team. So work is spread evenly and yet by chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bihuan.kernel.crypto import sm3

VERSION = 1


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


def seed_of(secret: str, words: str, targets: str, officers: str) -> str:
    """The seed from the secret, the witness's words and the digests of the two lists."""
    return digest(f"{secret}|{words}|{targets}|{officers}")


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
