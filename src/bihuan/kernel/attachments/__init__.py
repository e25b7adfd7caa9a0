"""Room of the kernel: attachments."""
