"""Work safety committees of every level, their specialist committees with ledgers, and the leaders' key-work lists.

Owner: the committee office; a town keeps its own committee (安全生产法 第九条：建立健全安全生产工作协调机制).
"""
