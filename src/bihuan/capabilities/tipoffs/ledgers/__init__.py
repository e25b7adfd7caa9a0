"""Ledgers of tip-offs that were kept in workbooks: the city's list, the hotline's list."""
