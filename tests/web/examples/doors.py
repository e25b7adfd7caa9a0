"""The ways in, and the pages that turn one away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.web.parts import Choice
from tests.web.examples.people import BARE, BARE_DEMO, REAL, Pages


def signin_pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Pages whose forms live beside models, which need Django set up first."""
    from bihuan.kernel.web.lockout import Lock
    from bihuan.kernel.web.signin import DemoCodeForm, SignInForm

    wrong = SignInForm({"username": "zhou", "password": "x"})
    wrong.add_error("password", "账号或密码不对，请核对后重输。连续输错 5 次会锁定 15 分钟")
    roles = (
        Choice(
            "a",
            "安委办工作人员",
            "周文静 · 区安委办综合科科长。收台账、交办、催办、看谁没报、出半年报告",
            "clipboard-list",
        ),
        Choice(
            "b",
            "部门监管人员",
            "秦海 · 区消防救援大队监督员。交办、验收本行业领域的隐患",
            "building-community",
        ),
        Choice("c", "网格员", "孙丽 · 临溪街道第三网格网格员。巡查时用手机拍照上报", "map-pin"),
        Choice(
            "d",
            "企业安全管理员",
            "罗敏 · 云栖青松铸造安全管理员。自查自报，整改后提交照片",
            "clipboard-check",
        ),
        Choice("e", "审计管理员", "林岚 · 区大数据中心审计员。查阅和核验留痕，不碰业务", "shield-check"),
    )
    return {
        "signin": ("signin.html", {"frame": BARE, "form": SignInForm(), "next": "/"}),
        "signin_wrong": ("signin.html", {"frame": BARE, "form": wrong, "next": "/"}),
        "signin_locked": (
            "signin.html",
            {
                "frame": BARE,
                "form": SignInForm(),
                "lock": Lock(clock.now() + timedelta(minutes=15), address=False),
                "next": "/",
            },
        ),
        "demo_code": (
            "demo_signin.html",
            {"frame": BARE_DEMO, "form": DemoCodeForm(), "opened": False, "next": "/"},
        ),
        "demo_roles": ("demo_signin.html", {"frame": BARE_DEMO, "opened": True, "roles": roles, "next": "/"}),
    }


PAGES: Pages = {
    "404": ("404.html", {"frame": BARE, "says": ""}),
    "no_post": ("no_post.html", {"frame": REAL}),
    "403": ("403.html", {"frame": BARE}),
    "500": ("500.html", {}),
    "403_csrf": ("403_csrf.html", {}),
}
