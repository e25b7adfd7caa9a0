"""Duties of posts and units, and the versioned power and duty lists they are cited from (安全生产法 第三条、第二十一条、第二十二条)."""
