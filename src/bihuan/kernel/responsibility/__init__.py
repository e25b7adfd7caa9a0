"""Room of the kernel: responsibility."""
