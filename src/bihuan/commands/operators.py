"""Who acts at the terminal: the operating-system account, alone or with a user's rights, never as that user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.conf import accounts
from bihuan.kernel.errors import Refused

if TYPE_CHECKING:
    from bihuan.kernel.people.actors import Actor


def terminal() -> Actor:
    """The account that called the command, for deeds about the installation; it signs nothing."""
    from bihuan.kernel.people.actors import Actor

    return Actor.at_terminal(accounts.caller())


def actor_named(username: str | None) -> Actor:
    """The user whose rights count; what is done is the operating-system account's on their behalf.

    Raises:
        Refused: no such account, or it is closed (``import.no_user``).
    """
    from bihuan.kernel.people.actors import Actor, actor_of
    from bihuan.kernel.people.models import User

    if username is None:
        return Actor.system("import")
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Refused.because("import.no_user", f"没有账号 {username}，或已停用，请核对")
    return actor_of(user).through_terminal(accounts.caller())
