"""Room of the kernel: policies."""
