"""Static files of this room in templates: ``{% load instrument_files %}{% room_file "instruments/hand.js" %}``."""

from __future__ import annotations

from django import template

from bihuan.registers.instruments.pages.layout import asset

register = template.Library()


@register.simple_tag
def room_file(name: str) -> str:
    """The address of a file, which changes with its content."""
    return asset(name)
