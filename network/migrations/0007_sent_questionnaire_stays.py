"""A questionnaire that was sent is never written again, nor its answers: the database refuses it."""

from django.db import migrations

from portal.kit.migrations import RunStatements

SHEET, PART, ANSWER = "network_questionnaire", "network_response", "network_itemanswer"
SENT_OF_PART = (
    "EXISTS (SELECT 1 FROM network_questionnaire "
    "WHERE id = {row}.questionnaire_id AND sent_at IS NOT NULL)"
)
SENT_OF_ANSWER = (
    "EXISTS (SELECT 1 FROM network_response p "
    "JOIN network_questionnaire q ON q.id = p.questionnaire_id "
    "WHERE p.id = {row}.response_id AND q.sent_at IS NOT NULL)"
)
MESSAGE = "questionnaire is sent"


def guard(apps, editor):
    if editor.connection.vendor == "postgresql":
        _guard_postgresql(editor)
        return
    for verb in ("UPDATE", "DELETE"):
        editor.execute(
            f"CREATE TRIGGER {SHEET}_sent_{verb.lower()} BEFORE {verb} ON {SHEET} "
            f"WHEN OLD.sent_at IS NOT NULL BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
    for table, condition in ((PART, SENT_OF_PART), (ANSWER, SENT_OF_ANSWER)):
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            editor.execute(
                f"CREATE TRIGGER {table}_sent_{verb.lower()} BEFORE {verb} ON {table} "
                f"WHEN {condition.format(row=row)} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def _guard_postgresql(editor):
    editor.execute(
        "CREATE FUNCTION refuse_sent_questionnaire() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
        params=None,
    )
    editor.execute(
        f"CREATE TRIGGER {SHEET}_sent BEFORE UPDATE OR DELETE ON {SHEET} FOR EACH ROW "
        "WHEN (OLD.sent_at IS NOT NULL) EXECUTE FUNCTION refuse_sent_questionnaire()"
    )
    # a condition of WHEN holds no subquery
    for table, condition in ((PART, SENT_OF_PART), (ANSWER, SENT_OF_ANSWER)):
        editor.execute(
            f"CREATE FUNCTION refuse_{table}_of_sent() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF TG_OP = 'INSERT' THEN IF {condition.format(row='NEW')} "
            f"THEN RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN NEW; END IF; "
            f"IF {condition.format(row='OLD')} THEN RAISE EXCEPTION '{MESSAGE}'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {table}_sent BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_{table}_of_sent()"
        )


def release(apps, editor):
    if editor.connection.vendor == "postgresql":
        for table in (SHEET, PART, ANSWER):
            editor.execute(f"DROP TRIGGER {table}_sent ON {table}")
        editor.execute(
            f"DROP FUNCTION refuse_sent_questionnaire, refuse_{PART}_of_sent, "
            f"refuse_{ANSWER}_of_sent"
        )
        return
    for verb in ("update", "delete"):
        editor.execute(f"DROP TRIGGER {SHEET}_sent_{verb}")
    for table in (PART, ANSWER):
        for verb in ("insert", "update", "delete"):
            editor.execute(f"DROP TRIGGER {table}_sent_{verb}")


class Migration(migrations.Migration):
    dependencies = [("network", "0006_signed_plan_stays")]
    operations = [RunStatements(guard, release)]
