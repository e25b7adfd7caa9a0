"""The workbooks with which a real district begins: its regions, its agencies, its people and their posts."""
