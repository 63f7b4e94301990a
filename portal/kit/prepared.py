"""Statements that the ORM composes once in each process; afterwards only their values change.

For the few made under a lock, where composing the SQL costs ten times what running it does. Only
the text is kept: rows are read afresh at each call.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.transaction import TransactionManagementError


class _Given(Expression):
    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


def given(name: str, field: "Field[Any, Any]") -> Any:
    """Stands in a query for the value called `name`, of that type, given at each call.

    Never None, which nothing equals in SQL.
    """
    return _Given(name, field)


@dataclass(frozen=True, slots=True)
class _Text:
    sql: str
    parameters: Sequence[Any]
    converters: Sequence[tuple[int, Any, Sequence[Callable[..., Any]]]]
    row: Callable[[Sequence[Any]], Any]
    locks: bool


class Prepared[Row]:
    """A query that is called with its values by name, and gives the rows of its queryset.

    For columns and annotations as tuples, or whole rows of one model and nothing beside them.
    """

    def __init__(self, compose: Callable[[], "QuerySet[Any, Row]"]) -> None:
        self.compose = compose
        self.__doc__ = compose.__doc__

    def __call__(self, **values: Any) -> list[Row]:
        text = self._text
        if text.locks and connection.get_autocommit():
            raise TransactionManagementError("a lock lasts as long as its transaction: open one")
        parameters = [
            each.output_field.get_db_prep_value(values[each.name], connection)
            if isinstance(each, _Given)
            else each
            for each in text.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(text.sql, parameters)
            rows = [list(row) for row in cursor.fetchall()]
        for position, column, converters in text.converters:
            for row in rows:
                for convert in converters:
                    row[position] = convert(row[position], column, connection)
        return [text.row(row) for row in rows]

    def first(self, **values: Any) -> Row | None:
        """The first row; a query called for it alone is composed with `[:1]`."""
        return next(iter(self(**values)), None)

    @cached_property
    def _text(self) -> _Text:
        queryset = self.compose()
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select or ()]
        whole = issubclass(queryset._iterable_class, ModelIterable)
        names = [column.target.attname for column in columns] if whole else []
        model = queryset.model

        def instance(values: Sequence[Any]) -> Any:
            return model.from_db(DEFAULT_DB_ALIAS, names, values)

        return _Text(
            sql=sql,
            parameters=parameters,
            converters=[
                (position, column, converters)
                for position, (converters, column) in compiler.get_converters(columns).items()
            ],
            row=instance if whole else tuple,
            locks=queryset.query.select_for_update,
        )


def insert_row(row: Model) -> None:
    """Write a new row and set its key: `row.save(force_insert=True)`, without the signals.

    The database's constraints and triggers hold as for any other. Raises IntegrityError.
    """
    sql, fields = _insertion(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def _insertion(model: type[Model]) -> tuple[str, "list[Field[Any, Any]]"]:
    meta, quote = model._meta, connection.ops.quote_name
    fields = [field for field in meta.local_concrete_fields if not field.primary_key]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table, key = quote(meta.db_table), quote(str(meta.pk.column))
    return f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING {key}", fields  # noqa: S608
