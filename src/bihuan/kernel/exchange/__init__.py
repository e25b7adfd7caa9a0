"""Room of the kernel: exchange."""
