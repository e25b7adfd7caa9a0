"""Room of the kernel: figures."""
