"""Follow-ups of before the present one: of a patient, none shares a day with another."""

import django.db.models.deletion
from django.db import migrations, models

from portal.kit.migrations import RunStatements

MESSAGE = "follow-ups of a patient overlap"
SHARED = (
    "EXISTS (SELECT 1 FROM network_formerfollowup f "
    "WHERE f.patient_id = NEW.patient_id AND f.id <> NEW.id "
    "AND f.included_on < NEW.left_on AND NEW.included_on < f.left_on) "
    "OR EXISTS (SELECT 1 FROM network_patient p "
    "WHERE p.id = NEW.patient_id AND p.included_on < NEW.left_on)"
)
BEGUN_TOO_SOON = (
    "EXISTS (SELECT 1 FROM network_formerfollowup f "
    "WHERE f.patient_id = NEW.id AND NEW.included_on < f.left_on)"
)
GUARDS = (
    (
        "former_follow_up_alone",
        "network_formerfollowup",
        "patient_id, included_on, left_on",
        SHARED,
    ),
    ("follow_up_after_former", "network_patient", "included_on", BEGUN_TOO_SOON),
)


def guard(apps, editor):
    for name, table, columns, wrong in GUARDS:
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF {wrong} THEN RAISE EXCEPTION '{MESSAGE}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
                params=None,
            )
            editor.execute(
                f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OF {columns} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION refuse_{name}()"
            )
            continue
        for verb in ("INSERT", f"UPDATE OF {columns}"):
            editor.execute(
                f"CREATE TRIGGER {name}_{verb[:6].lower()} AFTER {verb} ON {table} "
                f"WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def release(apps, editor):
    for name, table, _columns, _wrong in GUARDS:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {name} ON {table}")
            editor.execute(f"DROP FUNCTION refuse_{name}")
            continue
        for verb in ("insert", "update"):
            editor.execute(f"DROP TRIGGER {name}_{verb}")


class Migration(migrations.Migration):
    dependencies = [("network", "0008_sent_questionnaire_follows_its_file")]
    operations = [
        migrations.CreateModel(
            name="FormerFollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("included_on", models.DateField(verbose_name="inclusion décidée le")),
                ("left_on", models.DateField(verbose_name="sorti du suivi le")),
                (
                    "renewed_to",
                    models.DateField(blank=True, null=True, verbose_name="suivi prolongé jusqu’au"),
                ),
                (
                    "exit_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("term", "fin du suivi prévu"),
                            ("better", "amélioration, le suivi n’est plus utile"),
                            ("lost", "rupture de parcours : la personne ne répond plus"),
                            ("declined", "souhait de la personne"),
                            ("moved", "déménagement"),
                            ("handed_over", "relais pris par une autre équipe"),
                            ("died", "décès"),
                            ("other", "autre motif"),
                        ],
                        max_length=12,
                        verbose_name="fin du suivi",
                    ),
                ),
                (
                    "exit_reason",
                    models.CharField(blank=True, max_length=120, verbose_name="motif de sortie"),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_follow_ups",
                        to="network.patient",
                    ),
                ),
            ],
            options={
                "verbose_name": "suivi d’avant",
                "verbose_name_plural": "suivis d’avant",
                "ordering": ("included_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("left_on__gte", models.F("included_on"))),
                        name="former_follow_up_ends_after",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("renewed_to", None),
                            ("renewed_to__gt", models.F("included_on")),
                            _connector="OR",
                        ),
                        name="former_follow_up_renewed_after",
                    ),
                ],
            },
        ),
        RunStatements(guard, release),
        migrations.AlterField(
            model_name="pathwaystep",
            name="move",
            field=models.CharField(
                choices=[
                    ("received", "demande reçue"),
                    ("completed", "dossier complet"),
                    ("asked", "pièce demandée"),
                    ("included", "inclusion décidée"),
                    ("redirected", "demande réorientée"),
                    ("refused", "demande refusée"),
                    ("archived", "demande archivée"),
                    ("joined", "demande réunie à un autre dossier"),
                    ("asked_again", "nouvelle demande"),
                    ("evaluated", "CEO faite"),
                    ("reassessed", "réévaluation faite"),
                    ("renewed", "suivi prolongé"),
                    ("ended", "fin du suivi"),
                    ("corrected", "date d’inclusion corrigée"),
                ],
                max_length=12,
                verbose_name="étape",
            ),
        ),
    ]
