"""Bihuan (闭环): every duty of work-safety supervision is a closed loop."""

__version__ = "0.1.0"
