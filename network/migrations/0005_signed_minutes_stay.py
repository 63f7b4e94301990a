"""Signed minutes are never written again: the database refuses it."""

from django.db import migrations

from portal.kit.migrations import RunStatements

TABLE = "network_rcpminutes"


def guard(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION refuse_signed_minutes() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION 'minutes are signed'; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {TABLE}_signed BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW "
            "WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse_signed_minutes()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        editor.execute(
            f"CREATE TRIGGER {TABLE}_signed_{verb.lower()} BEFORE {verb} ON {TABLE} "
            "WHEN OLD.signed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'minutes are signed'); END"
        )


def release(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {TABLE}_signed ON {TABLE}")
        editor.execute("DROP FUNCTION refuse_signed_minutes")
        return
    for verb in ("update", "delete"):
        editor.execute(f"DROP TRIGGER {TABLE}_signed_{verb}")


class Migration(migrations.Migration):
    dependencies = [("network", "0004_signed_evaluation_stays")]
    operations = [RunStatements(guard, release)]
