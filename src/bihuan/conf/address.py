"""Addresses of databases: one text form for people and tools, one dictionary for Django."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database answers and as whom. ``host`` may be a folder that holds a socket."""

    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""
    options: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, url: str) -> Address:
        """Read ``postgresql://user:password@host:port/name?option=value``.

        Raises:
            ValueError: another scheme, or no database name.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"postgres", "postgresql"}:
            raise ValueError("数据库地址须以 postgresql:// 开头，本系统只使用 PostgreSQL。")
        options = dict(parse_qsl(parts.query))
        name = unquote(parts.path.lstrip("/")) or options.pop("dbname", "")
        if not name:
            raise ValueError("数据库地址缺少库名，请写成 postgresql://用户@主机/库名 的形式。")
        return cls(
            name=name,
            user=unquote(parts.username or "") or options.pop("user", ""),
            password=unquote(parts.password or "") or options.pop("password", ""),
            host=unquote(parts.hostname or "") or options.pop("host", ""),
            port=str(parts.port or "") or options.pop("port", ""),
            options=options,
        )

    def url(self) -> str:
        """The text form, understood by libpq, psql and this program."""
        login = quote(self.user, safe="")
        if self.password:
            login += ":" + quote(self.password, safe="")
        query = dict(self.options)
        place = f"{self.host}:{self.port}" if self.port else self.host
        if self.host.startswith("/"):
            query = {"host": self.host, "port": self.port, **query}
            place = ""
        place = f"{login}@{place}" if login else place
        tail = f"?{urlencode(query, quote_via=quote)}" if query else ""
        return f"postgresql://{place}/{quote(self.name)}{tail}"

    def named(self, name: str) -> Address:
        """Another database of the same server."""
        return replace(self, name=name)

    def as_user(self, user: str) -> Address:
        """The same database as another role."""
        return replace(self, user=user)

    def without_password(self) -> Address:
        """The same address for places where everybody can read it, such as a process list."""
        return replace(self, password="")

    def django(self) -> dict[str, Any]:
        """The keys of ``DATABASES["default"]`` that say where."""
        return {
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
        }
