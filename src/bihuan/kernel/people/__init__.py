"""Room of the kernel: people."""
