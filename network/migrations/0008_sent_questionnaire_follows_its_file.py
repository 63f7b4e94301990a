"""A sent questionnaire may change of file, to the one that its own was joined to; nothing else."""

from django.db import migrations

from portal.kit.migrations import RunStatements

SHEET = "network_questionnaire"
KEPT = (
    "id, uid, kind, asked_at, asked_by_id, answered_as, answered_by_id, last_answer_at, reminder, "
    "reminded_at, sent_at, withdrawn_at"
)
JOINED = (
    "EXISTS (SELECT 1 FROM network_patient "
    "WHERE id = OLD.patient_id AND joined_to_id = NEW.patient_id)"
)
MESSAGE = "questionnaire is sent"
SENT = "OLD.sent_at IS NOT NULL"
ABORT = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"


def let_follow(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {SHEET}_sent ON {SHEET}")
        editor.execute(
            f"CREATE TRIGGER {SHEET}_sent BEFORE UPDATE OF {KEPT} OR DELETE ON {SHEET} "
            f"FOR EACH ROW WHEN ({SENT}) EXECUTE FUNCTION refuse_sent_questionnaire()"
        )
        editor.execute(
            "CREATE FUNCTION refuse_questionnaire_astray() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF NOT {JOINED} THEN RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN NEW; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {SHEET}_file BEFORE UPDATE OF patient_id ON {SHEET} "
            f"FOR EACH ROW WHEN ({SENT}) EXECUTE FUNCTION refuse_questionnaire_astray()"
        )
        return
    editor.execute(f"DROP TRIGGER {SHEET}_sent_update")
    editor.execute(
        f"CREATE TRIGGER {SHEET}_sent_update BEFORE UPDATE OF {KEPT} ON {SHEET} WHEN {SENT} {ABORT}"
    )
    editor.execute(
        f"CREATE TRIGGER {SHEET}_file BEFORE UPDATE OF patient_id ON {SHEET} "
        f"WHEN {SENT} AND NOT {JOINED} {ABORT}"
    )


def hold(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {SHEET}_file ON {SHEET}")
        editor.execute("DROP FUNCTION refuse_questionnaire_astray")
        editor.execute(f"DROP TRIGGER {SHEET}_sent ON {SHEET}")
        editor.execute(
            f"CREATE TRIGGER {SHEET}_sent BEFORE UPDATE OR DELETE ON {SHEET} FOR EACH ROW "
            f"WHEN ({SENT}) EXECUTE FUNCTION refuse_sent_questionnaire()"
        )
        return
    editor.execute(f"DROP TRIGGER {SHEET}_file")
    editor.execute(f"DROP TRIGGER {SHEET}_sent_update")
    editor.execute(
        f"CREATE TRIGGER {SHEET}_sent_update BEFORE UPDATE ON {SHEET} WHEN {SENT} {ABORT}"
    )


class Migration(migrations.Migration):
    dependencies = [("network", "0007_sent_questionnaire_stays")]
    operations = [RunStatements(let_follow, hold)]
