"""Migrations make what the models say; databases of earlier versions are taken as they are or refused in words."""

from __future__ import annotations

import psycopg
import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations import AlterField, AlterModelOptions, CreateModel
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from bihuan.conf import preparing
from bihuan.kernel.errors import Refused
from bihuan.kernel.tables import CreateTables

OURS = [one.label for one in apps.get_app_configs() if one.name.startswith("bihuan.")]


@pytest.mark.django_db
def test_the_models_say_what_the_migrations_made() -> None:
    """A label reworded needs no migration: the database does not know it."""
    loader = MigrationLoader(connection)
    made = loader.project_state()
    changes = MigrationAutodetector(made, ProjectState.from_apps(apps)).changes(loader.graph)
    lacking = [
        f"{app}: {operation.describe()}"
        for app, migrations in changes.items()
        for operation in (one for migration in migrations for one in migration.operations)
        if app in OURS and not _words_only(made, app, operation)
    ]
    assert lacking == []


def _words_only(made: ProjectState, app: str, operation: Operation) -> bool:
    if isinstance(operation, AlterField):
        before = made.models[app, operation.model_name_lower].fields[operation.name]
        return _stored(before) == _stored(operation.field)
    return isinstance(operation, AlterModelOptions)


def _stored(field: models.Field) -> tuple[str, list[object], dict[str, object]]:
    _, path, given, named = field.deconstruct()
    return path, given, {name: value for name, value in named.items() if name not in field.non_db_attrs}


@pytest.fixture
def earlier(owner_connection: psycopg.Connection) -> psycopg.Connection:
    """A database whose tables were made by the migrations that those of now stand for."""
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if migration.replaces:
            owner_connection.execute(
                "DELETE FROM django_migrations WHERE (app, name) = (%s, %s)", [app, name]
            )
    return owner_connection


def test_what_an_earlier_version_ran_is_not_run_again(earlier: psycopg.Connection) -> None:
    assert not preparing.pending()


def test_an_upgrade_that_stopped_halfway_is_refused_in_words(earlier: psycopg.Connection) -> None:
    earlier.execute("DELETE FROM django_migrations WHERE app = 'hazards' AND name >= '0004'")
    with pytest.raises(Refused, match="hazards") as refused:
        preparing.pending()
    assert [one.code for one in refused.value.failures] == ["setup.halfway"]


@pytest.mark.django_db
def test_tables_that_refer_to_each_other_are_whole_before_the_next_operation() -> None:
    number = ("id", models.BigAutoField(primary_key=True))
    apart = ("other", models.ForeignKey("trial.Right", models.PROTECT, related_name="+"))
    back = ("other", models.ForeignKey("trial.Left", models.PROTECT, null=True, related_name="+"))
    step, state = (
        CreateTables([CreateModel("Left", [number, apart]), CreateModel("Right", [number, back])]),
        ProjectState(),
    )
    before, rendered = state.clone(), state.apps
    step.state_forwards("trial", state)
    assert state.apps is rendered
    assert state.apps.get_model("trial", "Left")._meta.get_field(
        "other"
    ).related_model is state.apps.get_model("trial", "Right")
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        step.database_forwards("trial", editor, before, state)
        assert not editor.deferred_sql
        assert sum("FOREIGN KEY" in one for one in editor.collected_sql) == 2
