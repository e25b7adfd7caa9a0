"""Who answers for what: duties, areas, lists, letters, committees, and the gaps between them (安全生产法 第三条至第二十二条)."""
