"""An act may be validated again: the new entry follows the mirror that undid the one before it."""

import django.db.models.deletion
from django.db import migrations, models

from portal.kit.migrations import RunStatements


BOOKS = "fees_bookentry"
UNDONE = (
    "SELECT 1 FROM fees_bookentry m WHERE m.id = NEW.follows_id AND m.mirrors_id IS NOT NULL"
    " AND m.act_id = NEW.act_id AND m.kind = 'validated'"
)
AGAIN = f"NEW.kind = 'validated' AND NEW.mirrors_id IS NULL AND EXISTS ({UNDONE})"
"""What follows a mirror is the same act, validated again."""


def guard(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION refuse_strange_following() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF NOT ({AGAIN}) THEN RAISE EXCEPTION 'entry follows another act'; "
            "END IF; RETURN NEW; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {BOOKS}_follows BEFORE INSERT ON {BOOKS} FOR EACH ROW "
            "WHEN (NEW.follows_id IS NOT NULL) EXECUTE FUNCTION refuse_strange_following()"
        )
        return
    editor.execute(
        f"CREATE TRIGGER {BOOKS}_follows BEFORE INSERT ON {BOOKS} "
        f"WHEN NEW.follows_id IS NOT NULL AND NOT ({AGAIN}) "
        "BEGIN SELECT RAISE(ABORT, 'entry follows another act'); END"
    )


def release(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {BOOKS}_follows ON {BOOKS}")
        editor.execute("DROP FUNCTION refuse_strange_following")
        return
    editor.execute(f"DROP TRIGGER {BOOKS}_follows")


class Migration(migrations.Migration):
    dependencies = [
        ("fees", "0005_closed_periods"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="bookentry",
            name="entry_once_for_an_act",
        ),
        migrations.AddField(
            model_name="bookentry",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="fees.bookentry",
            ),
        ),
        migrations.AlterField(
            model_name="actstep",
            name="move",
            field=models.CharField(
                choices=[
                    ("drafted", "drafted"),
                    ("logged", "logged"),
                    ("redecided", "redecided"),
                    ("arbitrated", "arbitrated"),
                    ("validated", "validated"),
                    ("batched", "batched"),
                    ("paid", "paid"),
                    ("returned", "returned"),
                    ("cancelled", "cancelled"),
                    ("reversed", "reversed"),
                    ("reopened", "reopened"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="claimstep",
            name="move",
            field=models.CharField(
                choices=[
                    ("sent", "sent"),
                    ("held", "held"),
                    ("admitted", "admitted"),
                    ("returned", "returned"),
                    ("withdrawn", "withdrawn"),
                    ("recalled", "recalled"),
                    ("reopened", "reopened"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="bookentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("act__isnull", False),
                    ("follows", None),
                    ("kind__in", ["validated", "reversed"]),
                    ("mirrors", None),
                ),
                fields=("act", "kind"),
                name="entry_once_for_an_act",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("follows__isnull", False)),
                fields=("follows",),
                name="mirror_followed_once",
            ),
        ),
        RunStatements(guard, release),
    ]
