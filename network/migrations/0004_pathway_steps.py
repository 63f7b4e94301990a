from datetime import datetime, time

import django.db.models.deletion
import network.enums
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def write_steps(apps, editor):
    """The files that were there get the steps that lead to where they stand."""
    patients = apps.get_model("network", "Patient").objects.order_by("pk")
    steps = apps.get_model("network", "PathwayStep")
    dates = {
        "received": "requested_on",
        "completed": "completed_on",
        "included": "included_on",
        "ended": "left_on",
    }
    led_to = {
        "received": "incomplete",
        "completed": "requested",
        "included": "followed",
        "ended": "ended",
    }

    def behind(patient):
        state = None
        for move, field in dates.items():
            on = getattr(patient, field)
            if on is not None:
                state = led_to[move]
                yield move, state, on
        if state != patient.state:
            yield patient.state, patient.state, patient.completed_on or patient.requested_on

    def rows():
        for patient in patients.iterator():
            for move, state, on in behind(patient):
                at = timezone.make_aware(datetime.combine(on, time(12)))
                yield steps(patient=patient, move=move, state=state, on=on, at=at)

    steps.objects.bulk_create(rows(), batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0003_outbox_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="PathwayStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "move",
                    models.CharField(
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
                        ],
                        max_length=12,
                        verbose_name="étape",
                    ),
                ),
                ("state", models.CharField(max_length=12)),
                ("on", models.DateField(verbose_name="le")),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="motif")),
            ],
            options={
                "verbose_name": "étape du parcours",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="SharingConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "circle",
                    models.CharField(
                        choices=[
                            ("review", "professionnels de la RCP hors de l’équipe de soins"),
                            ("occupational", "médecin du travail"),
                            ("insurance", "médecin-conseil de l’assurance maladie"),
                            ("disability", "médecin de la MDPH"),
                        ],
                        max_length=12,
                        verbose_name="avec qui",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="donné le")),
                ("how", models.CharField(blank=True, max_length=120, verbose_name="recueilli")),
                ("recorded_at", models.DateTimeField()),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
                ),
            ],
            options={
                "verbose_name": "accord de partage",
                "ordering": ("-recorded_at", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="patient",
            name="joined_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="joined",
                to="network.patient",
            ),
        ),
        migrations.AddField(
            model_name="patient",
            name="renewed_to",
            field=models.DateField(blank=True, null=True, verbose_name="suivi prolongé jusqu’au"),
        ),
        migrations.AddField(
            model_name="professional",
            name="circle",
            field=models.CharField(
                blank=True,
                choices=[
                    ("review", "professionnels de la RCP hors de l’équipe de soins"),
                    ("occupational", "médecin du travail"),
                    ("insurance", "médecin-conseil de l’assurance maladie"),
                    ("disability", "médecin de la MDPH"),
                ],
                help_text="À remplir pour qui n’est pas un soignant du patient.",
                max_length=12,
                verbose_name="vient au titre de",
            ),
        ),
        migrations.AlterField(
            model_name="patient",
            name="state",
            field=models.CharField(
                choices=[
                    ("incomplete", "dossier incomplet"),
                    ("requested", "demande à décider"),
                    ("followed", "suivi en cours"),
                    ("ended", "suivi terminé"),
                    ("redirected", "réorienté"),
                    ("refused", "demande refusée"),
                    ("archived", "demande archivée"),
                    ("joined", "réuni à un autre dossier"),
                ],
                default="requested",
                max_length=12,
                verbose_name="parcours",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("joined_to__isnull", False),
                        ("state", network.enums.PathwayState["JOINED"]),
                    ),
                    models.Q(
                        models.Q(("state", network.enums.PathwayState["JOINED"]), _negated=True),
                        ("joined_to", None),
                    ),
                    _connector="OR",
                ),
                name="joined_file_names_the_other",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("renewed_to", None),
                    ("renewed_to__gt", models.F("included_on")),
                    _connector="OR",
                ),
                name="renewed_after_inclusion",
            ),
        ),
        migrations.AddField(
            model_name="pathwaystep",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pathwaystep",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="network.patient",
            ),
        ),
        migrations.AddField(
            model_name="sharingconsent",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sharing_consents",
                to="network.patient",
            ),
        ),
        migrations.AddField(
            model_name="sharingconsent",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sharingconsent",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="pathwaystep",
            index=models.Index(fields=["patient", "id"], name="pathway_step_of_patient"),
        ),
        migrations.AddConstraint(
            model_name="sharingconsent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("patient", "circle"),
                name="sharing_consent_once",
                violation_error_message="Cet accord est déjà noté.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharingconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at", None),
                    ("withdrawn_at__gte", models.F("recorded_at")),
                    _connector="OR",
                ),
                name="sharing_withdrawn_after_given",
            ),
        ),
        migrations.RunPython(write_steps, migrations.RunPython.noop),
    ]
