"""Rates of deaths: per 100 million yuan of GDP, per ten thousand vehicles, each by a published base (M259, N24, N25)."""
