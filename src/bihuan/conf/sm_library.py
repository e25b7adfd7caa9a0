"""The library of the 商用密码 algorithms, which is not made for every machine."""

from __future__ import annotations

import platform

NAME = "tongsuopy"


def missing() -> str:
    """What it means that this machine lacks the library, and what to do."""
    return (
        f"本机（{platform.system()} {platform.machine()}）没有国密算法库 {NAME}：签名、封存、密封内容都离不开它，"
        "系统不能运行。它只有 x86_64 的 Linux、macOS 和 Windows 安装包，ARM 的 Linux（鲲鹏、飞腾等）没有，"
        "本系统也不拿别的算法代替；请换用 x86_64 的机器，或在其上运行、由本机浏览器访问。"
    )
