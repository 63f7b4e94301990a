"""Entries and steps only grow; a signed batch, its transfers' sums and its lines stay as signed."""

from django.db import migrations

from portal.kit.migrations import RunStatements


BATCH, TRANSFER = "fees_batch", "fees_transfer"


def guard(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION refuse_signed_batch() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'batch is signed'; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {BATCH}_signed BEFORE UPDATE OR DELETE ON {BATCH} FOR EACH ROW "
            "WHEN (OLD.state = 'signed') EXECUTE FUNCTION refuse_signed_batch()"
        )
        editor.execute(
            f"CREATE TRIGGER {TRANSFER}_signed BEFORE UPDATE ON {TRANSFER} FOR EACH ROW "
            "WHEN (OLD.state <> 'prepared' AND (OLD.amount, OLD.end_to_end, OLD.holder, OLD.last4)"
            " IS DISTINCT FROM (NEW.amount, NEW.end_to_end, NEW.holder, NEW.last4))"
            " EXECUTE FUNCTION refuse_signed_batch()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        editor.execute(
            f"CREATE TRIGGER {BATCH}_signed_{verb.lower()} BEFORE {verb} ON {BATCH} "
            "WHEN OLD.state = 'signed' BEGIN SELECT RAISE(ABORT, 'batch is signed'); END"
        )
    editor.execute(
        f"CREATE TRIGGER {TRANSFER}_signed_update BEFORE UPDATE ON {TRANSFER} "
        "WHEN OLD.state <> 'prepared' AND (OLD.amount IS NOT NEW.amount"
        " OR OLD.end_to_end IS NOT NEW.end_to_end OR OLD.holder IS NOT NEW.holder"
        " OR OLD.last4 IS NOT NEW.last4) BEGIN SELECT RAISE(ABORT, 'batch is signed'); END"
    )


def release(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {BATCH}_signed ON {BATCH}")
        editor.execute(f"DROP TRIGGER {TRANSFER}_signed ON {TRANSFER}")
        editor.execute("DROP FUNCTION refuse_signed_batch")
        return
    for name in (f"{BATCH}_signed_update", f"{BATCH}_signed_delete", f"{TRANSFER}_signed_update"):
        editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("fees", "0003_schedule")]
    operations = [
        RunStatements(guard, release),
    ]
