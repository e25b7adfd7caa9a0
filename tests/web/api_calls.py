"""The API as a program outside calls it: a token, a path, a body."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from bihuan.kernel.people.tokens import issue_token
from tests.world import World

ROOT = "/api/v1"


@dataclass
class Answer:
    """Status and body; ``codes`` are those of its failures."""

    status: int
    body: Any

    @property
    def failures(self) -> list[tuple[str, str, str]]:
        return [(item["code"], item["message"], item.get("field", "")) for item in self.body["failures"]]

    @property
    def codes(self) -> list[str]:
        return [code for code, _, _ in self.failures]


class Api:
    """Calls in the name of one user of the small district."""

    def __init__(self, world: World, name: str, scope: str = "sign", *, days: int | None = 90) -> None:
        self.name = name
        self.secret = issue_token(world.user(name), scope=scope, days=days)
        self.client = Client()

    def get(self, path: str, **query: Any) -> Answer:
        response = self.client.get(f"{ROOT}{path}", query, headers=self._headers())
        return Answer(response.status_code, _body(response))

    def post(self, path: str, body: Any = None, *, key: str = "") -> Answer:
        sent = body if isinstance(body, str | bytes) else json.dumps(body or {}, default=str)
        response = self.client.post(
            f"{ROOT}{path}", sent, content_type="application/json", headers=self._headers(key)
        )
        return Answer(response.status_code, _body(response))

    def upload(self, matter: Any, kind: str, file: Any) -> Answer:
        response = self.client.post(
            f"{ROOT}/attachments",
            {"matter": str(matter), "kind": kind, "file": file},
            headers=self._headers(),
        )
        return Answer(response.status_code, _body(response))

    def _headers(self, key: str = "") -> dict[str, str]:
        held = {"Authorization": f"Bearer {self.secret}"}
        return {**held, "Idempotency-Key": key} if key else held


def _body(response: Any) -> Any:
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return json.loads(response.content)
    return response.content


def found(world: World, **changes: Any) -> dict[str, Any]:
    """A finding as the API takes it."""
    from bihuan.kernel import clock

    body = {
        "object": str(world.factory.uid),
        "place": "二车间北侧",
        "description": "疏散通道堆放原料，宽度不足一米",
        "source": "routine",
        "found_on": clock.today().isoformat(),
        "grade": "general",
    }
    return {**body, **changes}


def elements_body(**changes: Any) -> dict[str, Any]:
    """The five elements as the API takes them; money in yuan."""
    from datetime import timedelta

    from bihuan.kernel import clock

    body = {
        "responsible_person": "钱厂长",
        "measures": "清运原料，划线管理",
        "funds_planned": "1200.50",
        "rectify_by": (clock.today() + timedelta(days=10)).isoformat(),
        "contingency_plan": "清理期间专人看守",
    }
    return {**body, **changes}
