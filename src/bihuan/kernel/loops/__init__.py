"""The closed loop: declared in one short file per duty, driven by one engine, written in one record."""
