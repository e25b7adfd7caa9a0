"""``GET /people/``: posts, people and tokens, in three tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ApiToken, Person, Post, Role, Tenure
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.paging import Keyset, address, pager
from bihuan.kernel.web.session import actor_for

KEEPERS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
BASE = "/people/"
VACANT_SHOWN = 8
TABS = (("posts", "岗位"), ("persons", "人员与账号"), ("tokens", "接口令牌"))


@require_GET
@only_for(KEEPERS)
def people_page(request: HttpRequest) -> HttpResponse:
    """One of the three lists; both administrators read all of them, each changes what is theirs."""
    actor = actor_for(request)
    default = "posts" if actor.holds(Role.SECURITY_ADMIN) else "persons"
    tab = request.GET.get("tab", "")
    tab = tab if tab in dict(TABS) else default
    q = request.GET.get("q", "").strip()[:60]
    role = request.GET.get("role", "")
    cursor = request.GET.get("cursor", "")
    rows, order, draw, columns = _listing(tab, q, role)
    page = order.page(rows, cursor)
    kept = {"tab": tab, "q": q, "role": role}
    context = {
        "crumbs": [parts.Link("人员与岗位", "")],
        "begin": _begin(actor),
        "vacant": _vacant() if tab == "posts" and not (q or role or cursor) else (),
        "tabs": [
            parts.Tab(label, address(BASE, {"tab": name, "q": q}), None, name == tab) for name, label in TABS
        ],
        "filters": _filters(tab, q, role),
        "hidden": [("tab", tab)],
        "chips": [parts.Chip("查找", q, address(BASE, {**kept, "q": ""}))] if q else [],
        "clear_href": address(BASE, {"tab": tab}),
        "ledger": parts.Ledger(columns, [draw(row, actor) for row in page.rows], dict(TABS)[tab]),
        "empty": parts.Empty(*_EMPTY[tab], icon="users"),
        "pager": pager(BASE, {**kept, "cursor": cursor}, page, rows.count()),
    }
    return render(request, "people.html", context)


_EMPTY = {
    "posts": ("没有这样的岗位。", "岗位由安全管理员设立，也可以从工作簿导入。"),
    "persons": ("没有这样的人员。", "账号由系统管理员开立，也可以从工作簿导入。"),
    "tokens": ("没有发放过接口令牌。", "在服务器上用 bihuan token 账号 发放，令牌只显示一次。"),
}


def _begin(actor: Actor) -> Sequence[parts.Action]:
    begin = []
    if actor.holds(Role.SYSTEM_ADMIN):
        begin += [
            parts.Action("开立账号", "/people/accounts/new/", icon="plus", primary=True),
            parts.Action("初次设置", "/setup/", icon="settings"),
        ]
    if actor.holds(Role.SECURITY_ADMIN):
        begin.append(parts.Action("设立岗位", "/people/posts/new/", icon="plus", primary=True))
    return begin


def _filters(tab: str, q: str, role: str) -> Sequence[parts.Filter]:
    words = {"posts": "岗位、单位、现任姓名", "persons": "姓名、账号、电话", "tokens": "账号、姓名"}
    shown = [parts.Filter("q", words[tab], "text", q)]
    if tab == "posts":
        shown.append(parts.Filter("role", "职权", value=role, choices=Role.choices))
    return shown


def _listing(tab: str, q: str, role: str) -> tuple[QuerySet[Any], Keyset, Any, Sequence[parts.Column]]:
    if tab == "posts":
        return _posts(q, role), Keyset(("role", "id")), _post_row, _POST_COLUMNS
    if tab == "persons":
        return _persons(q), Keyset(("name", "id")), _person_row, _PERSON_COLUMNS
    return _tokens(q), Keyset(("id",), descending=True), _token_row, _TOKEN_COLUMNS


def _today() -> QuerySet[Tenure]:
    return Tenure.objects.filter(in_force(clock.today()))


def _posts(q: str, role: str) -> QuerySet[Post]:
    held = Prefetch("tenures", _today().select_related("person"), to_attr="held_now")
    rows = Post.objects.select_related("agency", "region").prefetch_related(held)
    if role in Role.values:
        rows = rows.filter(role=role)
    if q:
        named = Exists(_today().filter(post=OuterRef("pk"), person__name__contains=q))
        rows = rows.filter(Q(title__contains=q) | Q(agency__name__contains=q) | named)
    return rows


_POST_COLUMNS = (
    parts.Column("岗位", "title"),
    parts.Column("单位"),
    parts.Column("职权"),
    parts.Column("辖区", phone=False),
    parts.Column("现任"),
    parts.Column("任职起", "day", phone=False),
)


def _post_row(post: Any, actor: Actor) -> parts.Row:
    tenure = post.held_now[0] if post.held_now else None
    return parts.Row(
        (
            post.title,
            post.agency.name if post.agency else None,
            Role(post.role).label,
            post.region.name if post.region else None,
            tenure.person.name if tenure else parts.State("空缺", "waiting"),
            tenure.since if tenure else None,
        ),
        href=f"/people/posts/{post.pk}/",
    )


def _persons(q: str) -> QuerySet[Person]:
    held = Prefetch("tenures", _today().select_related("post", "post__agency"), to_attr="held_now")
    rows = Person.objects.select_related("user").prefetch_related(held)
    if q:
        rows = rows.filter(Q(name__contains=q) | Q(user__username__contains=q) | Q(phone__startswith=q))
    return rows


_PERSON_COLUMNS = (
    parts.Column("姓名", "title"),
    parts.Column("账号"),
    parts.Column("账号状态", "state"),
    parts.Column("现任岗位"),
    parts.Column("电话", phone=False),
)


def account_state(person: Any) -> parts.State:
    """Whether the person can sign in."""
    user = getattr(person, "user", None)
    if user is None:
        return parts.State("无账号", "off")
    if not user.is_active:
        return parts.State("已停用", "off")
    return parts.State("待改密码", "waiting") if user.must_change_password else parts.State("启用")


def _person_row(person: Any, actor: Actor) -> parts.Row:
    user = getattr(person, "user", None)
    posts = "、".join(tenure.post.title for tenure in person.held_now)
    return parts.Row(
        (
            person.name,
            user.username if user else None,
            account_state(person),
            posts or None,
            person.phone or None,
        ),
        href=f"/people/persons/{person.pk}/",
    )


def _tokens(q: str) -> QuerySet[ApiToken]:
    rows = ApiToken.objects.select_related("user__person")
    return rows.filter(Q(user__username__contains=q) | Q(user__person__name__contains=q)) if q else rows


SCOPES = {"read": "只读", "sign": "办理并签名", "metrics": "读运行指标"}
FILLS_IN = "办理（不签名）"
"""A token without a scope writes whatever needs no signature: who looks for tokens to revoke must not take it for a reader."""
_TOKEN_COLUMNS = (
    parts.Column("账号", "title"),
    parts.Column("姓名"),
    parts.Column("权限范围"),
    parts.Column("发放", "day"),
    parts.Column("有效至", "day"),
    parts.Column("状态", "state"),
    parts.Column("", "action"),
)


def _token_row(token: ApiToken, actor: Actor) -> parts.Row:
    open_now = token.revoked_at is None and (token.expires_at is None or token.expires_at > clock.now())
    state = "有效" if open_now else "已撤销" if token.revoked_at else "已过期"
    may = open_now and actor.holds(Role.SYSTEM_ADMIN)
    return parts.Row(
        (
            token.user.username,
            token.user.person.name,
            "、".join(SCOPES.get(each, each) for each in token.scope.split()) or FILLS_IN,
            token.created_at,
            clock.day_of(token.expires_at) if token.expires_at else "长期",
            parts.State(state, "open" if open_now else "off"),
            parts.Action("撤销", f"/people/tokens/{token.pk}/revoke/") if may else "",
        )
    )


def _vacant() -> Sequence[parts.Todo]:
    """Posts nobody holds today: there the responsibility chain breaks."""
    empty = Post.objects.filter(~Exists(_today().filter(post=OuterRef("pk")))).select_related("agency")
    return [
        parts.Todo(
            post.title,
            f"/people/posts/{post.pk}/",
            "登记任职",
            where=post.agency.name if post.agency else Role(post.role).label,
        )
        for post in empty.order_by("-heads", "id")[:VACANT_SHOWN]
    ]
