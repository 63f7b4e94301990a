"""A closed assessment is never written again, nor its objectives: the database refuses it."""

from django.db import migrations

from portal.kit.migrations import RunStatements

SHEET, AIM = "etp_assessment", "etp_objective"
OF_CLOSED = (
    "EXISTS (SELECT 1 FROM etp_assessment WHERE id = {row}.assessment_id AND closed_at IS NOT NULL)"
)


def guard(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION refuse_closed_assessment() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION 'assessment is closed'; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {SHEET}_closed BEFORE UPDATE OR DELETE ON {SHEET} FOR EACH ROW "
            "WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION refuse_closed_assessment()"
        )
        # a condition of WHEN holds no subquery
        editor.execute(
            "CREATE FUNCTION refuse_objective_of_closed() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "DECLARE sheet bigint; "
            "BEGIN IF TG_OP = 'INSERT' THEN sheet := NEW.assessment_id; "
            "ELSE sheet := OLD.assessment_id; END IF; "
            "IF EXISTS (SELECT 1 FROM etp_assessment WHERE id = sheet AND closed_at IS NOT NULL) "
            "THEN RAISE EXCEPTION 'assessment is closed'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {AIM}_closed BEFORE INSERT OR UPDATE OR DELETE ON {AIM} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_objective_of_closed()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        editor.execute(
            f"CREATE TRIGGER {SHEET}_closed_{verb.lower()} BEFORE {verb} ON {SHEET} "
            "WHEN OLD.closed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'assessment is closed'); END"
        )
    for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        editor.execute(
            f"CREATE TRIGGER {AIM}_closed_{verb.lower()} BEFORE {verb} ON {AIM} "
            f"WHEN {OF_CLOSED.format(row=row)} "
            "BEGIN SELECT RAISE(ABORT, 'assessment is closed'); END"
        )


def release(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {SHEET}_closed ON {SHEET}")
        editor.execute(f"DROP TRIGGER {AIM}_closed ON {AIM}")
        editor.execute("DROP FUNCTION refuse_closed_assessment, refuse_objective_of_closed")
        return
    for table, verbs in ((SHEET, ("update", "delete")), (AIM, ("insert", "update", "delete"))):
        for verb in verbs:
            editor.execute(f"DROP TRIGGER {table}_closed_{verb}")


class Migration(migrations.Migration):
    dependencies = [("etp", "0002_append_only")]
    operations = [RunStatements(guard, release)]
