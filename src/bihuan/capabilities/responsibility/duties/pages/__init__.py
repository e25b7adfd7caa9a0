"""The pages of duties, lists and enterprises' own responsibility."""

from __future__ import annotations


def install() -> None:
    """Serve the pages and hang them under 责任."""
    from bihuan.capabilities.responsibility.duties.pages import addresses

    addresses.install()
