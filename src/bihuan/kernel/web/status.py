"""Whether the process and its database are alive."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from bihuan.kernel.people.tokens import actor_by_token
from bihuan.kernel.web.lockout import is_direct_from_here


@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it does not; tells nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False}, status=503)
    return JsonResponse({"ok": True, "database": True})


HERE = frozenset({"127.0.0.1", "localhost"})
_MEASURES = """
SELECT
  (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'),
  (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'),
  (SELECT COALESCE(extract(epoch FROM now() - max(made_at)), -1)::bigint FROM record_seal),
  (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
  pg_database_size(current_database())
"""
_NAMES = (
    ("bihuan_jobs_waiting", "background jobs waiting"),
    ("bihuan_jobs_failed", "background jobs that gave up"),
    ("bihuan_seal_age_seconds", "seconds since the record was last sealed, -1 when never"),
    ("bihuan_database_connections", "connections to the database"),
    ("bihuan_database_bytes", "size of the database"),
)


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text for a token with the scope ``metrics``; nothing of what is supervised is in it."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    actor = actor_by_token(secret) if kind == "Bearer" else None
    if actor is None or "metrics" not in (actor.token_scope or "").split():
        return HttpResponse("token with scope metrics needed\n", status=401, content_type="text/plain")
    return measured()


@require_GET
def metrics_here(request: HttpRequest) -> HttpResponse:
    """The same without a token, on a port of its own that only programs of this machine reach.

    A request that was passed on is refused: whoever lets a proxy publish this port meant it otherwise.
    """
    host = request.get_host().rpartition(":")[0] or request.get_host()
    if not is_direct_from_here(request) or host not in HERE:
        return HttpResponse(
            "only for programs of this machine, not through a proxy\n", status=403, content_type="text/plain"
        )
    return measured()


def measured() -> HttpResponse:
    """Prometheus text: how the installation does, and nothing of what is supervised."""
    with connection.cursor() as cursor:
        cursor.execute(_MEASURES)
        values = cursor.fetchone()
    lines = [
        f"# HELP {name} {told}\n# TYPE {name} gauge\n{name} {value}"
        for (name, told), value in zip(_NAMES, values, strict=True)
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")
