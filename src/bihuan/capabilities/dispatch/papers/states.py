"""What kind of paper it is, where it stands, and what became of each task read out of it."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class PaperKind(State):
    """Who speaks: a report counts superior documents apart from what the district itself asked."""

    SPEECH = "speech", "讲话"
    NOTICE = "notice", "通知"
    SUPERIOR = "superior", "上级文件"
    RULES = "rules", "制度文件"


class PaperState(State):
    SPLITTING = "splitting", "起草拆分"
    ANSWERED = "answered", "已有落实文件"
    DECOMPOSED = "decomposed", "已分解"
    CLOSED = "closed", "已办结"
    FILED = "filed", "不需分解"
    VOIDED = "voided", "已作废"


class ItemState(State):
    """What the clerk made of an item; what was read out of the text stays beside it."""

    PROPOSED = "proposed", "待核"
    ACCEPTED = "accepted", "照提取采用"
    CHANGED = "changed", "修改后采用"
    SPLIT = "split", "拆分而来"
    ADDED = "added", "人工补充"
    MERGED = "merged", "并入前一条"
    DROPPED = "dropped", "不列为任务"


class Origin(State):
    """Where an item comes from: only what the rules read counts for their precision."""

    READ = "read", "系统提取"
    CLERK = "clerk", "人工补充"
    PIECE = "piece", "拆分而来"
