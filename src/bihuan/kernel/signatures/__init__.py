"""Room of the kernel: signatures."""
