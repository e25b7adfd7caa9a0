"""Checklists (检查表) by sector and version: what an inspection looks at, by what method and on what legal basis (M109)."""
