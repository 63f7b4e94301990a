"""A signed evaluation is never written again, nor its orientations: the database refuses it."""

from django.db import migrations

from portal.kit.migrations import RunStatements


SHEET, WAY = "network_evaluation", "network_orientation"
OF_SIGNED = (
    "EXISTS (SELECT 1 FROM network_evaluation"
    " WHERE id = {row}.evaluation_id AND signed_at IS NOT NULL)"
)


def guard(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION refuse_signed_evaluation() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION 'evaluation is signed'; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {SHEET}_signed BEFORE UPDATE OR DELETE ON {SHEET} FOR EACH ROW "
            "WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse_signed_evaluation()"
        )
        # a condition of WHEN holds no subquery
        editor.execute(
            "CREATE FUNCTION refuse_orientation_of_signed() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "DECLARE sheet bigint; "
            "BEGIN IF TG_OP = 'INSERT' THEN sheet := NEW.evaluation_id; "
            "ELSE sheet := OLD.evaluation_id; END IF; "
            "IF EXISTS (SELECT 1 FROM network_evaluation WHERE id = sheet "
            "AND signed_at IS NOT NULL) THEN RAISE EXCEPTION 'evaluation is signed'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {WAY}_signed BEFORE INSERT OR UPDATE OR DELETE ON {WAY} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_orientation_of_signed()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        editor.execute(
            f"CREATE TRIGGER {SHEET}_signed_{verb.lower()} BEFORE {verb} ON {SHEET} "
            "WHEN OLD.signed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'evaluation is signed'); END"
        )
    for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        editor.execute(
            f"CREATE TRIGGER {WAY}_signed_{verb.lower()} BEFORE {verb} ON {WAY} "
            f"WHEN {OF_SIGNED.format(row=row)} "
            "BEGIN SELECT RAISE(ABORT, 'evaluation is signed'); END"
        )


def release(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {SHEET}_signed ON {SHEET}")
        editor.execute(f"DROP TRIGGER {WAY}_signed ON {WAY}")
        editor.execute("DROP FUNCTION refuse_signed_evaluation, refuse_orientation_of_signed")
        return
    for table, verbs in ((SHEET, ("update", "delete")), (WAY, ("insert", "update", "delete"))):
        for verb in verbs:
            editor.execute(f"DROP TRIGGER {table}_signed_{verb}")


class Migration(migrations.Migration):
    dependencies = [("network", "0003_append_only")]
    operations = [
        RunStatements(guard, release),
    ]
