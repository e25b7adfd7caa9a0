"""The installation itself as an application, so that its one table has migrations like every other."""

from __future__ import annotations

from django.apps import AppConfig


class ConfConfig(AppConfig):
    """The installation: demo or real, and which district."""

    name = "bihuan.conf"
    label = "conf"
    verbose_name = "本机安装"
