"""All tables of an application in one step of a migration.

For each new model the framework renders every model related to it anew; where nearly everything refers to places and
objects that is everything, and an empty district took half a minute. Nothing can refer to a model that was not there,
so here the new ones alone are rendered, and find what they refer to as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory


class CreateTables(Operation):
    """Create the models given, with their indexes and references; they may refer to each other in any order.

    Unlike after ``CreateModel`` indexes and references stand when the next operation runs, so that it may name them;
    and as nothing is left for after the transaction, the migration and the note that it was run are committed together.
    """

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]
    reversible = False
    atomic = True

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__qualname__, [], {"models": self.models}

    def state_forwards(self, app_label: str, state: Any) -> None:
        rendered = state.__dict__.pop("apps", None)
        for one in self.models:
            one.state_forwards(app_label, state)
        if rendered is not None:
            state.apps = rendered
            rendered.render_multiple([state.models[app_label, one.name_lower] for one in self.models])

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for one in self.models:
            one.database_forwards(app_label, schema_editor, from_state, to_state)
        waiting, schema_editor.deferred_sql = schema_editor.deferred_sql, []
        for statement in waiting:
            schema_editor.execute(statement, None)

    def references_model(self, name: str, app_label: str) -> bool:
        return any(one.references_model(name, app_label) for one in self.models)

    def describe(self) -> str:
        return "Create " + ", ".join(one.name for one in self.models)

    @property
    def migration_name_fragment(self) -> str:
        return "_".join(one.name_lower for one in self.models)
