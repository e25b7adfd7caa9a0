"""Supervision gaps (监管盲区) and conflicts: what nobody answers for, or two do; each with an owner and a closing step."""
