"""Room of the kernel: territory."""
