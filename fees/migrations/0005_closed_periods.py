"""Closings only grow; the books refuse an entry of a closed period, whoever writes it."""

from django.db import migrations

from portal.kit.migrations import RunStatements


BOOKS = "fees_bookentry"
CLOSED = 'EXISTS (SELECT 1 FROM fees_closing c WHERE c."until" >= NEW."on")'


def guard(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION refuse_closed_period() RETURNS trigger LANGUAGE plpgsql AS "
            '$$ BEGIN IF EXISTS (SELECT 1 FROM fees_closing c WHERE c."until" >= NEW."on") THEN '
            "RAISE EXCEPTION 'period is closed'; END IF; RETURN NEW; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {BOOKS}_open_period BEFORE INSERT ON {BOOKS} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_closed_period()"
        )
        return
    editor.execute(
        f"CREATE TRIGGER {BOOKS}_open_period BEFORE INSERT ON {BOOKS} "
        f"WHEN {CLOSED} "
        "BEGIN SELECT RAISE(ABORT, 'period is closed'); END"
    )


def release(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {BOOKS}_open_period ON {BOOKS}")
        editor.execute("DROP FUNCTION refuse_closed_period")
        return
    editor.execute(f"DROP TRIGGER {BOOKS}_open_period")


class Migration(migrations.Migration):
    dependencies = [("fees", "0004_payments_frozen")]
    operations = [
        RunStatements(guard, release),
    ]
