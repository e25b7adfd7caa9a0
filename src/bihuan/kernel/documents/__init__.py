"""Room of the kernel: documents."""
