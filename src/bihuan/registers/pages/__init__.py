"""The pages of the registers: enterprises and other supervised objects, and what waits to be confirmed."""
