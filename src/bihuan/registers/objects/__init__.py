"""Supervised objects that are no enterprise: projects, buildings, places, facilities; basis 安全生产法 第三条、第九条."""
