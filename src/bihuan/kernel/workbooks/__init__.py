"""Room of the kernel: workbooks."""
