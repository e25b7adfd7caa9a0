"""Dispatch (调度): what meetings, speeches and notices ask for becomes tasks of one unit each, done, shown and accepted.

Owner: the committee office (安委办). Legal basis: 安全生产法 第九条 (the people's governments coordinate and settle what
stands in the way of work safety). :mod:`.speeches` reads a text into proposals; :mod:`.loop` carries a task to its end
(M044).
"""
