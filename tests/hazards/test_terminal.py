"""What is done at the terminal with a user's rights: never the user's hand, never signed, never by oneself for oneself."""

from __future__ import annotations

from pathlib import Path

import pytest

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.people.posts import begin_tenure
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures.models import Signature
from bihuan.kernel.workbooks import importing
from tests.hazards.ledgers import HEAD, book, line
from tests.hazards.steps import finding
from tests.world import World


def test_an_import_is_the_operators_on_behalf_of_the_user(world: World, tmp_path: Path) -> None:
    lent = world.actor("clerk_east").through_terminal("root")
    path = book(tmp_path / "a.xlsx", ["2023年上半年隐患台账"], HEAD, line())
    batch, result = importing.run("hazards", path, lent)
    assert result["accepted"] == 1
    hazard = Hazard.objects.get()
    (entry, *_) = entries_of(hazard.uid)
    assert entry.actor_id == "os:root"
    assert entry.actor_name == "root（命令行）"
    assert entry.actor_post.endswith(f"（代 {world.actor('clerk_east').name}）")
    assert hazard.hands == {}
    assert hazard.finder is None
    assert not Signature.objects.exists()
    assert (batch.uploaded_by, batch.account) == ("root（命令行）", world.user("clerk_east").pk)


def test_what_is_signed_is_not_done_at_the_terminal(world: World) -> None:
    with pytest.raises(Refused) as refused:
        engine.open_matter(
            "hazard",
            "report",
            finding(world),
            actor=world.actor("grid").through_terminal("root").confirmed_now(),
        )
    assert [failure.code for failure in refused.value.failures] == ["loop.signed_by_oneself"]
    assert not Hazard.objects.exists()


def test_an_administrator_gives_himself_no_post_through_the_terminal(world: World) -> None:
    lent = world.actor("security_admin").through_terminal("root")
    post = Post.objects.create(title="第二安全管理员", role=Role.SECURITY_ADMIN)
    with pytest.raises(Refused) as refused:
        begin_tenure(post, world.user("security_admin").person, clock.today(), lent)
    assert refused.value.failures[0].code == "people.not_to_yourself"
