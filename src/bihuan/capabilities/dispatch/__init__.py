"""Dispatch (调度): what meetings, speeches and notices ask for, and what became of it. Owner: the committee office (安委办).

Legal basis: 安全生产法 第九条 (the people's governments coordinate and settle what stands in the way of work safety).
So far this is the reading of speeches and notices into proposals (:mod:`.speeches`); the loop of tasks follows.
"""
