"""Room of the kernel: numbering."""
