"""Speeches, notices and superior documents, and the tasks read out of them."""
