"""Room of the kernel: web."""
