"""Where a warning stands."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class LessonState(State):
    DRAFT = "draft", "待发布"
    CHECKING = "checking", "排查中"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class Origin(State):
    """Whose accident it was."""

    OUTSIDE = "outside", "外地事故"
    OWN = "own", "本区事故"
