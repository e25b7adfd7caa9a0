"""Room of the kernel: calendar."""
