"""Responsibility letters (目标责任书): targets of the year, signed by both sides, handed down level by level."""
