"""A signed plan is never written again, nor its rows; it cites a file of its own patient."""

from django.db import migrations

from portal.kit.migrations import RunStatements


PLAN, PROBLEM = "network_planversion", "network_planproblem"
OBJECTIVE, ACTION = "network_planobjective", "network_planaction"

SIGNED = {
    PROBLEM: (
        "EXISTS (SELECT 1 FROM network_planversion v WHERE v.id = {row}.version_id "
        "AND v.signed_at IS NOT NULL)"
    ),
    OBJECTIVE: (
        "EXISTS (SELECT 1 FROM network_planproblem p JOIN network_planversion v "
        "ON v.id = p.version_id WHERE p.id = {row}.problem_id AND v.signed_at IS NOT NULL)"
    ),
    ACTION: (
        "EXISTS (SELECT 1 FROM network_planobjective o JOIN network_planproblem p "
        "ON p.id = o.problem_id JOIN network_planversion v ON v.id = p.version_id "
        "WHERE o.id = {row}.objective_id AND v.signed_at IS NOT NULL)"
    ),
}
"""Whether a row belongs to a signed version."""
STRANGE = (
    "NEW.rcp_file_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM network_rcpfile f "
    "WHERE f.id = NEW.rcp_file_id AND f.patient_id = NEW.patient_id)"
)
REFUSED = "plan is signed"
NOT_OWN = "plan cites the file of another patient"


def guard(apps, editor):
    if editor.connection.vendor == "postgresql":
        _guard_postgresql(editor)
        return
    for verb in ("UPDATE", "DELETE"):
        editor.execute(
            f"CREATE TRIGGER {PLAN}_signed_{verb.lower()} BEFORE {verb} ON {PLAN} "
            f"WHEN OLD.signed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )
    for table, signed in SIGNED.items():
        for verb, sides in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
            either = " OR ".join(signed.format(row=row) for row in sides)
            editor.execute(
                f"CREATE TRIGGER {table}_signed_{verb.lower()} BEFORE {verb} ON {table} "
                f"WHEN {either} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )
    for verb in ("INSERT", "UPDATE"):
        editor.execute(
            f"CREATE TRIGGER {PLAN}_cites_{verb.lower()} BEFORE {verb} ON {PLAN} "
            f"WHEN {STRANGE} BEGIN SELECT RAISE(ABORT, '{NOT_OWN}'); END"
        )


def _guard_postgresql(editor):
    editor.execute(
        "CREATE FUNCTION refuse_signed_plan() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
        params=None,
    )
    editor.execute(
        f"CREATE TRIGGER {PLAN}_signed BEFORE UPDATE OR DELETE ON {PLAN} FOR EACH ROW "
        "WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse_signed_plan()"
    )
    # a condition of WHEN holds no subquery
    for table, signed in SIGNED.items():
        editor.execute(
            f"CREATE FUNCTION {table}_of_signed() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF TG_OP <> 'DELETE' THEN IF {signed.format(row='NEW')} "
            f"THEN RAISE EXCEPTION '{REFUSED}'; END IF; END IF; "
            f"IF TG_OP <> 'INSERT' THEN IF {signed.format(row='OLD')} "
            f"THEN RAISE EXCEPTION '{REFUSED}'; END IF; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {table}_signed BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_of_signed()"
        )
    editor.execute(
        "CREATE FUNCTION refuse_plan_of_other() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {STRANGE} THEN RAISE EXCEPTION '{NOT_OWN}'; END IF; RETURN NEW; END $$",
        params=None,
    )
    editor.execute(
        f"CREATE TRIGGER {PLAN}_cites BEFORE INSERT OR UPDATE ON {PLAN} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_plan_of_other()"
    )


def release(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {PLAN}_signed ON {PLAN}")
        editor.execute(f"DROP TRIGGER {PLAN}_cites ON {PLAN}")
        for table in SIGNED:
            editor.execute(f"DROP TRIGGER {table}_signed ON {table}")
            editor.execute(f"DROP FUNCTION {table}_of_signed")
        editor.execute("DROP FUNCTION refuse_signed_plan, refuse_plan_of_other")
        return
    for verb in ("update", "delete"):
        editor.execute(f"DROP TRIGGER {PLAN}_signed_{verb}")
    for verb in ("insert", "update"):
        editor.execute(f"DROP TRIGGER {PLAN}_cites_{verb}")
    for table in SIGNED:
        for verb in ("insert", "update", "delete"):
            editor.execute(f"DROP TRIGGER {table}_signed_{verb}")


class Migration(migrations.Migration):
    dependencies = [("network", "0005_signed_minutes_stay")]
    operations = [
        RunStatements(guard, release),
    ]
