"""Steps of a migration that do not make Django render all the models again."""

from collections.abc import Sequence
from typing import Any

from django.db import router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel, RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps


class CreateModels(Operation):
    """Several `CreateModel` as one, each after those that it points at; `then`: what is added to
    these very tables, fields, constraints or indexes, with which they are made at once.

    After each operation Django renders every related model again, and nearly all of ours are
    related: a minute for a new database. Here they are rendered once.
    """

    serialization_expand_args = ["models", "then"]

    def __init__(self, models: Sequence[CreateModel], then: Sequence[Operation] = ()) -> None:
        self.models = models
        self.then = then

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {"models": self.models, "then": self.then}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for each in (*self.models, *self.then):
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for each in self.models:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for each in reversed(self.models):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.models)} models"


class RunStatements(RunPython):
    """`RunPython` for functions that ask nothing of the models, as those that lay triggers: the
    `apps` that they receive is empty, and need not be rendered for each.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if router.allow_migrate(schema_editor.connection.alias, app_label, **self.hints):
            self.code(StateApps([], {}), schema_editor)
