"""Key periods (重点时段) and milestone projects (重点工程节点): dated windows that open and close what they need (M048, M049).

Owner: the committee office. A window's tasks and daily reports come by themselves on its day; leaving it leaves a paper.
"""
