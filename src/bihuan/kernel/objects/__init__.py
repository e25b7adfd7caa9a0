"""Room of the kernel: objects."""
