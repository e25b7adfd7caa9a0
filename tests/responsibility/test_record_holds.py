"""What the rooms of responsibility keep is bound to the record as it stands: nothing looks altered that nobody altered."""

from __future__ import annotations

from bihuan.kernel.record.sealing import seal
from bihuan.kernel.record.verification import verify
from tests.responsibility.letter_steps import drafted, superior
from tests.world import World


def test_letters_just_drafted_or_registered_verify(world: World) -> None:
    superior(world)
    drafted(world)
    seal()
    found = verify()
    assert found.ok, found.findings
