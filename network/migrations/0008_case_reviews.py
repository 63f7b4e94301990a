import django.db.models.deletion
import network.enums
import uuid
from django.conf import settings
from django.db import migrations, models


def give_uids(apps, editor):
    """Each meeting that was there gets its own identifier for calendars."""
    meetings = apps.get_model("network", "RcpMeeting")
    for pk in meetings.objects.order_by("pk").values_list("pk", flat=True):
        meetings.objects.filter(pk=pk).update(uid=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0007_signed_evaluation_stays"),
    ]

    operations = [
        migrations.CreateModel(
            name="RcpCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("patient", "patient"),
                            ("treating_doctor", "médecin traitant"),
                            ("occupational", "médecin du travail"),
                            ("insurance", "médecin-conseil"),
                            ("disability", "médecin de la MDPH"),
                        ],
                        max_length=16,
                        verbose_name="à",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("portal", "dans le portail"),
                            ("post", "par la poste"),
                            ("secure_mail", "par MSSanté"),
                        ],
                        max_length=12,
                        verbose_name="voie",
                    ),
                ),
                ("sent_on", models.DateField(verbose_name="le")),
            ],
            options={
                "ordering": ("sent_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RcpInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "sans réponse"),
                            ("accepted", "viendra"),
                            ("excused", "excusé"),
                            ("withdrawn", "convocation retirée"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(verbose_name="convoqué le")),
            ],
            options={
                "ordering": ("professional__last_name", "professional__first_name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RcpMinutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("discussion", models.TextField(blank=True, verbose_name="discussion")),
                ("conclusion", models.TextField(blank=True, verbose_name="conclusion")),
                ("content", models.JSONField(blank=True, default=dict)),
                ("written_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "compte rendu de RCP",
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="RcpProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("neurosurgery", "bilan neurochirurgical"),
                            ("psychology", "suivi psychologique ou psychiatrique"),
                            ("social", "évaluation sociale"),
                            ("pre_return", "visite de pré-reprise"),
                            ("disability_file", "dossier MDPH"),
                            ("education", "éducation thérapeutique"),
                            ("pain_centre", "centre de la douleur"),
                            ("other", "autre proposition"),
                        ],
                        max_length=16,
                        verbose_name="proposition",
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=200, verbose_name="précision")),
                ("due_on", models.DateField(verbose_name="échéance")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("pending", "à faire"),
                            ("done", "fait"),
                            ("not_done", "pas fait"),
                            ("dropped", "abandonné"),
                        ],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="depuis le")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="pourquoi")),
            ],
            options={
                "verbose_name": "proposition de RCP",
                "ordering": ("due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RcpQuorum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(unique=True, verbose_name="à partir du")),
                (
                    "least",
                    models.PositiveSmallIntegerField(
                        verbose_name="professionnels présents, au moins"
                    ),
                ),
            ],
            options={
                "ordering": ("-valid_from",),
            },
        ),
        migrations.AddField(
            model_name="rcpattendance",
            name="presence",
            field=models.CharField(
                choices=[("on_site", "sur place"), ("remote", "à distance")],
                default="on_site",
                max_length=8,
                verbose_name="présence",
            ),
        ),
        migrations.AddField(
            model_name="rcpfile",
            name="presenter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.professional",
                verbose_name="présenté par",
            ),
        ),
        migrations.AddField(
            model_name="rcpfile",
            name="question",
            field=models.CharField(blank=True, max_length=300, verbose_name="question posée"),
        ),
        migrations.AddField(
            model_name="rcpfile",
            name="rank",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="ordre"),
        ),
        migrations.AddField(
            model_name="rcpfile",
            name="signatory",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.professional",
                verbose_name="compte rendu signé par",
            ),
        ),
        migrations.AddField(
            model_name="rcpfile",
            name="summary",
            field=models.TextField(blank=True, verbose_name="résumé"),
        ),
        migrations.AddField(
            model_name="rcpfile",
            name="work_later",
            field=models.CharField(
                blank=True,
                choices=[
                    ("working", "au travail"),
                    ("on_leave", "en arrêt"),
                    ("other", "autre situation"),
                    ("unknown", "inconnue"),
                ],
                max_length=10,
                verbose_name="travail six mois après",
            ),
        ),
        migrations.AddField(
            model_name="rcpfile",
            name="work_later_on",
            field=models.DateField(blank=True, null=True, verbose_name="demandé le"),
        ),
        migrations.AddField(
            model_name="rcpfile",
            name="work_then",
            field=models.CharField(
                blank=True,
                choices=[
                    ("working", "au travail"),
                    ("on_leave", "en arrêt"),
                    ("other", "autre situation"),
                    ("unknown", "inconnue"),
                ],
                max_length=10,
                verbose_name="travail le jour de la RCP",
            ),
        ),
        migrations.AddField(
            model_name="rcpmeeting",
            name="begins_at",
            field=models.TimeField(blank=True, null=True, verbose_name="heure"),
        ),
        migrations.AddField(
            model_name="rcpmeeting",
            name="call_off_reason",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="motif de l’annulation"
            ),
        ),
        migrations.AddField(
            model_name="rcpmeeting",
            name="chair",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.professional",
                verbose_name="présidée par",
            ),
        ),
        migrations.AddField(
            model_name="rcpmeeting",
            name="length",
            field=models.PositiveSmallIntegerField(default=90, verbose_name="durée, en minutes"),
        ),
        migrations.AddField(
            model_name="rcpmeeting",
            name="sequence",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="rcpmeeting",
            name="state",
            field=models.CharField(
                choices=[("planned", "prévue"), ("held", "tenue"), ("called_off", "annulée")],
                default="held",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="rcpmeeting",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunPython(give_uids, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="rcpmeeting",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name="rcpmeeting",
            name="video",
            field=models.URLField(
                blank=True, max_length=300, verbose_name="lien de la visioconférence"
            ),
        ),
        migrations.AlterField(
            model_name="rcpmeeting",
            name="place",
            field=models.CharField(blank=True, max_length=120, verbose_name="lieu"),
        ),
        migrations.AddConstraint(
            model_name="rcpfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("work_later", ""), ("work_later_on", None)),
                    models.Q(
                        models.Q(("work_later", ""), _negated=True),
                        ("work_later_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="work_at_six_months_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", network.enums.MeetingState["PLANNED"]), _negated=True),
                    models.Q(("begins_at__isnull", False), ("chair__isnull", False)),
                    _connector="OR",
                ),
                name="planned_meeting_has_hour_and_chair",
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", network.enums.MeetingState["CALLED_OFF"]), _negated=True),
                    models.Q(("call_off_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="meeting_called_off_for_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="rcpcopy",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rcpinvitation",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="network.rcpmeeting",
            ),
        ),
        migrations.AddField(
            model_name="rcpinvitation",
            name="professional",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rcp_invitations",
                to="network.professional",
            ),
        ),
        migrations.AddField(
            model_name="rcpminutes",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="minutes",
                to="network.rcpfile",
            ),
        ),
        migrations.AddField(
            model_name="rcpminutes",
            name="signed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.professional",
            ),
        ),
        migrations.AddField(
            model_name="rcpminutes",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rcpcopy",
            name="minutes",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="network.rcpminutes",
            ),
        ),
        migrations.AddField(
            model_name="rcpproposal",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rcpproposal",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="network.rcpfile",
            ),
        ),
        migrations.AddField(
            model_name="rcpproposal",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rcp_proposals",
                to="network.professional",
                verbose_name="responsable",
            ),
        ),
        migrations.AddField(
            model_name="rcpquorum",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpinvitation",
            constraint=models.UniqueConstraint(
                fields=("meeting", "professional"), name="invited_to_meeting_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", network.enums.Answer["WAITING"]), ("answered_at", None)),
                    models.Q(
                        models.Q(("answer", network.enums.Answer["WAITING"]), _negated=True),
                        ("answered_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="invitation_answer_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpminutes",
            constraint=models.UniqueConstraint(
                fields=("file", "number"), name="minutes_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpminutes",
            constraint=models.UniqueConstraint(
                condition=models.Q(("signed_at", None)),
                fields=("file",),
                name="one_draft_of_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpminutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_at", None), ("signed_by", None)),
                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                    _connector="OR",
                ),
                name="minutes_signed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpminutes",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="minutes_numbered_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpminutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_at", None), ("signed_at__gte", models.F("written_at")), _connector="OR"
                ),
                name="minutes_signed_once_written",
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpcopy",
            constraint=models.UniqueConstraint(
                fields=("minutes", "to", "channel"),
                name="copy_noted_once",
                violation_error_message="Cette copie est déjà notée.",
            ),
        ),
        migrations.AddIndex(
            model_name="rcpproposal",
            index=models.Index(
                condition=models.Q(("outcome", network.enums.Outcome["PENDING"])),
                fields=["due_on", "id"],
                name="rcp_proposal_to_do",
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_by", None),
                        ("closed_on", None),
                        ("outcome", network.enums.Outcome["PENDING"]),
                    ),
                    models.Q(
                        models.Q(("outcome", network.enums.Outcome["PENDING"]), _negated=True),
                        ("closed_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proposal_outcome_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "outcome__in",
                            [network.enums.Outcome["NOT_DONE"], network.enums.Outcome["DROPPED"]],
                        ),
                        _negated=True,
                    ),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="proposal_given_up_for_a_reason",
                violation_error_message="Dites pourquoi en quelques mots.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", network.enums.ProposalKind["OTHER"]), _negated=True),
                    models.Q(("detail", ""), _negated=True),
                    _connector="OR",
                ),
                name="other_proposal_is_told",
                violation_error_message="Précisez cette proposition.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpquorum",
            constraint=models.CheckConstraint(
                condition=models.Q(("least__gte", 1), ("least__lte", 20)),
                name="quorum_from_1_to_20",
                violation_error_message="Entre 1 et 20\xa0professionnels.",
            ),
        ),
    ]
