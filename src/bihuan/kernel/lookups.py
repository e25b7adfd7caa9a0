"""``column__any_of=[…]``: one parameter however many values; a list of ten thousand in ``IN`` costs more than the query."""

from __future__ import annotations

from typing import Any

from django.db.models import Field, Lookup


@Field.register_lookup
class AnyOf(Lookup[Any]):
    """``column = ANY(array)``. On a foreign key: ``object__pk__any_of``."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, list(self.rhs)]
