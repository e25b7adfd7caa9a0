"""Room of the kernel: loops."""
