"""Room of the kernel: expectations."""
