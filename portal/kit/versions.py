"""What tells that facts have changed, without reading them."""

from django.db.models import Max, Model, QuerySet


def last_key(*tables: type[Model]) -> str:
    """The last key of each table: of those that only grow, all that can change. One read of an
    index each, whatever the volume."""
    return ".".join(
        str(table._base_manager.aggregate(last=Max("pk"))["last"] or 0) for table in tables
    )


def counts(*rows: "QuerySet[Model]") -> str:
    """How many rows each holds: for small tables whose rows go from one state to another."""
    return ".".join(str(each.count()) for each in rows)
