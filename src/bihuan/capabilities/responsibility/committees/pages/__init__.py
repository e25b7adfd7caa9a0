"""The pages of committees, their ledgers, and leaders' key-work lists."""

from __future__ import annotations


def install() -> None:
    """Serve the pages and hang them under 责任."""
    from bihuan.capabilities.responsibility.committees.pages import addresses

    addresses.install()
