"""Room of the kernel: vault."""
