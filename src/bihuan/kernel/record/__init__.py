"""Room of the kernel: record."""
