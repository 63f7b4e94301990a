import django.db.models.deletion
import etp.enums
import portal.kit.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0002_people_and_care"),
    ]

    operations = [
        portal.kit.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Facilitator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "professional",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="facilitator",
                                to="network.professional",
                            ),
                        ),
                        (
                            "training_hours",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="heures de formation"
                            ),
                        ),
                        (
                            "certificate",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="attestation vue"
                            ),
                        ),
                        (
                            "certified_on",
                            models.DateField(blank=True, null=True, verbose_name="attestée le"),
                        ),
                        (
                            "active",
                            models.BooleanField(default=True, verbose_name="anime en ce moment"),
                        ),
                    ],
                    options={
                        "verbose_name": "animateur",
                        "ordering": ("professional__last_name", "professional__first_name", "pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Site",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True, verbose_name="nom")),
                        ("address", models.CharField(max_length=120, verbose_name="adresse")),
                        ("postcode", models.CharField(max_length=5, verbose_name="code postal")),
                        ("city", models.CharField(max_length=80, verbose_name="commune")),
                        (
                            "access",
                            models.CharField(blank=True, max_length=120, verbose_name="accès"),
                        ),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="places de la salle"
                            ),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="utilisé")),
                    ],
                    options={
                        "verbose_name": "lieu",
                        "verbose_name_plural": "lieux",
                        "ordering": ("name",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="network.patient",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("held_on", models.DateField(verbose_name="bilan du")),
                        (
                            "led_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("needs", models.JSONField(default=list, verbose_name="besoins")),
                        (
                            "daily_life",
                            models.TextField(
                                blank=True, verbose_name="ce que la douleur change au quotidien"
                            ),
                        ),
                        (
                            "knowledge",
                            models.TextField(
                                blank=True, verbose_name="ce que la personne sait déjà"
                            ),
                        ),
                        (
                            "skills",
                            models.TextField(
                                blank=True, verbose_name="ce que la personne fait déjà"
                            ),
                        ),
                        ("brakes", models.TextField(blank=True, verbose_name="ce qui peut gêner")),
                        (
                            "mode",
                            models.CharField(
                                blank=True,
                                choices=[("on_site", "on_site"), ("video", "video")],
                                max_length=8,
                                verbose_name="préférence",
                            ),
                        ),
                        (
                            "availability",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="disponibilités"
                            ),
                        ),
                        (
                            "consent_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="accord recueilli le"
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        (
                            "closed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="terminé le"),
                        ),
                    ],
                    options={
                        "verbose_name": "bilan éducatif partagé",
                        "ordering": ("-number",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("patient", "number"), name="assessment_numbered"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("patient",),
                                name="one_open_assessment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at", None),
                                    ("consent_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="closed_assessment_has_consent",
                                violation_error_message="Notez d’abord l’accord de la personne.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.patient",
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "agenda en ligne",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, unique=True, verbose_name="nom")),
                        (
                            "declaration",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="numéro de déclaration"
                            ),
                        ),
                        (
                            "declared_on",
                            models.DateField(blank=True, null=True, verbose_name="déclaré le"),
                        ),
                        ("starts_on", models.DateField(verbose_name="du")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="au")),
                        (
                            "coordinator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="coordination",
                            ),
                        ),
                        (
                            "notice_hours",
                            models.PositiveSmallIntegerField(
                                default=24, verbose_name="délai pour annuler, en heures"
                            ),
                        ),
                        (
                            "team",
                            models.ManyToManyField(
                                blank=True, to="etp.facilitator", verbose_name="équipe"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "programme",
                        "ordering": ("name",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="programme_ends_after_start",
                                violation_error_message="Le programme finit avant de commencer.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Objective",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objectives",
                                to="etp.assessment",
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                max_length=200, verbose_name="objectif, avec ses mots"
                            ),
                        ),
                        (
                            "theme",
                            models.CharField(
                                choices=[
                                    ("pain", "comprendre la douleur"),
                                    ("treatments", "gérer ses traitements"),
                                    ("relaxation", "relaxation"),
                                    ("hypnosis", "autohypnose"),
                                    ("movement", "bouger"),
                                    ("follow_up", "faire le point"),
                                ],
                                default="follow_up",
                                max_length=12,
                                verbose_name="thème",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1)),
                        (
                            "start",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="où elle en est"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("position", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("start", None), ("start__lte", 10), _connector="OR"
                                ),
                                name="start_from_0_to_10",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Evaluation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "assessment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluation",
                                to="etp.assessment",
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="évaluation du")),
                        (
                            "led_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("summary", models.TextField(verbose_name="ce qui a changé")),
                        ("next_steps", models.TextField(blank=True, verbose_name="suite proposée")),
                        (
                            "satisfaction",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="satisfaction"
                            ),
                        ),
                        (
                            "letter_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="lettre au médecin traitant du"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "évaluation individuelle",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("satisfaction", None),
                                    ("satisfaction__lte", 10),
                                    _connector="OR",
                                ),
                                name="satisfaction_from_0_to_10",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Workshop",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="workshops",
                                to="etp.programme",
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="titre")),
                        ("summary", models.CharField(max_length=200, verbose_name="en une phrase")),
                        (
                            "to_bring",
                            models.CharField(blank=True, max_length=200, verbose_name="à prévoir"),
                        ),
                        (
                            "theme",
                            models.CharField(
                                choices=[
                                    ("pain", "comprendre la douleur"),
                                    ("treatments", "gérer ses traitements"),
                                    ("relaxation", "relaxation"),
                                    ("hypnosis", "autohypnose"),
                                    ("movement", "bouger"),
                                    ("follow_up", "faire le point"),
                                ],
                                max_length=12,
                                verbose_name="thème",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("adults", "adultes"),
                                    ("adolescents", "adolescents"),
                                    ("children", "enfants"),
                                ],
                                default="adults",
                                max_length=12,
                                verbose_name="public",
                            ),
                        ),
                        (
                            "format",
                            models.CharField(
                                choices=[("group", "en groupe"), ("individual", "individuel")],
                                default="group",
                                max_length=12,
                                verbose_name="forme",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                default=45, verbose_name="durée en minutes"
                            ),
                        ),
                        (
                            "minimum",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="minimum de participants"
                            ),
                        ),
                        (
                            "maximum",
                            models.PositiveSmallIntegerField(default=8, verbose_name="places"),
                        ),
                        (
                            "repeatable",
                            models.BooleanField(
                                default=False, verbose_name="peut être suivi plusieurs fois"
                            ),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="proposé")),
                    ],
                    options={
                        "verbose_name": "atelier",
                        "ordering": ("title",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("maximum__gte", models.F("minimum")),
                                    ("maximum__lte", 50),
                                    ("minimum__gte", 1),
                                ),
                                name="workshop_sizes_fit",
                                violation_error_message="Le minimum est d’au moins 1, et le nombre de places entre lui et 50.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 10), ("minutes__lte", 480)),
                                name="workshop_lasts",
                                violation_error_message="Une séance dure de 10\xa0minutes à 8\xa0heures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("format", etp.enums.Format["INDIVIDUAL"]), _negated=True
                                    ),
                                    ("maximum", 1),
                                    _connector="OR",
                                ),
                                name="individual_workshop_has_one_seat",
                                violation_error_message="Un atelier individuel a une seule place.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ObjectiveRating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "objective",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="etp.objective",
                            ),
                        ),
                        ("value", models.PositiveSmallIntegerField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("at", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("value__lte", 10)), name="rating_from_0_to_10"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Cycle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "workshop",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cycles",
                                to="etp.workshop",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="nom")),
                    ],
                    options={
                        "verbose_name": "cycle",
                        "ordering": ("pk",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Opening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="network.patient",
                            ),
                        ),
                        (
                            "workshop",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="etp.workshop",
                            ),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="etp.assessment",
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "atelier ouvert",
                        "ordering": ("workshop__title", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("patient", "workshop"),
                                name="opened_once",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "workshop",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="etp.workshop",
                            ),
                        ),
                        (
                            "cycle",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="etp.cycle",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="rang dans le cycle"
                            ),
                        ),
                        (
                            "alone",
                            models.BooleanField(default=True, verbose_name="se réserve seule"),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="début")),
                        ("ends_at", models.DateTimeField(verbose_name="fin")),
                        (
                            "mode",
                            models.CharField(
                                choices=[("on_site", "sur place"), ("video", "en vidéo")],
                                max_length=8,
                                verbose_name="où",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="etp.site",
                                verbose_name="lieu",
                            ),
                        ),
                        ("video_url", models.URLField(blank=True, verbose_name="lien de la vidéo")),
                        (
                            "video_phone",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="accès par téléphone"
                            ),
                        ),
                        (
                            "facilitator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="etp.facilitator",
                                verbose_name="animateur",
                            ),
                        ),
                        ("capacity", models.PositiveSmallIntegerField(verbose_name="places")),
                        ("series", models.UUIDField(blank=True, db_index=True, null=True)),
                        ("sequence", models.PositiveSmallIntegerField(default=0)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cancel_reason",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="motif d’annulation"
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="présences notées le"
                            ),
                        ),
                        ("request_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                    ],
                    options={
                        "verbose_name": "séance",
                        "ordering": ("starts_at", "pk"),
                        "indexes": [
                            models.Index(fields=["starts_at"], name="session_by_start"),
                            models.Index(
                                fields=["workshop", "starts_at"], name="session_of_workshop"
                            ),
                            models.Index(
                                fields=["facilitator", "starts_at"], name="session_of_facilitator"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="session_ends_after_start",
                                violation_error_message="La séance finit avant de commencer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("capacity__gte", 1), ("capacity__lte", 50)),
                                name="session_capacity",
                                violation_error_message="Une séance a de 1 à 50\xa0places.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("mode", etp.enums.Mode["ON_SITE"]), ("site__isnull", False)
                                    ),
                                    models.Q(("mode", etp.enums.Mode["VIDEO"]), ("site", None)),
                                    _connector="OR",
                                ),
                                name="session_has_its_place",
                                violation_error_message="Choisissez un lieu, ou la vidéo.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("alone", True), ("cycle", None), ("position", None)),
                                    models.Q(("cycle__isnull", False), ("position__gte", 1)),
                                    _connector="OR",
                                ),
                                name="session_rank_goes_with_cycle",
                            ),
                            models.UniqueConstraint(
                                fields=("cycle", "position"), name="rank_once_in_cycle"
                            ),
                            models.UniqueConstraint(
                                fields=("request_id", "starts_at"), name="session_planned_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Wait",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waits",
                                to="network.patient",
                            ),
                        ),
                        (
                            "workshop",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waits",
                                to="etp.workshop",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waits",
                                to="etp.session",
                            ),
                        ),
                        ("joined_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("offered", "offered"),
                                    ("served", "served"),
                                    ("left", "left"),
                                    ("over", "over"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "attente",
                        "ordering": ("joined_at", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", etp.enums.WaitState["WAITING"])),
                                fields=["workshop", "joined_at"],
                                name="wait_in_line",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            etp.enums.WaitState["WAITING"],
                                            etp.enums.WaitState["OFFERED"],
                                        ],
                                    )
                                ),
                                fields=("patient", "session"),
                                name="one_wait_a_session",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("session", None),
                                    (
                                        "state__in",
                                        [
                                            etp.enums.WaitState["WAITING"],
                                            etp.enums.WaitState["OFFERED"],
                                        ],
                                    ),
                                ),
                                fields=("patient", "workshop"),
                                name="one_wait_for_any_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at", None),
                                        (
                                            "state__in",
                                            [
                                                etp.enums.WaitState["WAITING"],
                                                etp.enums.WaitState["OFFERED"],
                                            ],
                                        ),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        (
                                            "state__in",
                                            [
                                                etp.enums.WaitState["SERVED"],
                                                etp.enums.WaitState["LEFT"],
                                                etp.enums.WaitState["OVER"],
                                            ],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="wait_ends_with_its_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Place",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="network.patient",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="etp.session",
                            ),
                        ),
                        (
                            "cycle",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="etp.cycle",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("offered", "place proposée"),
                                    ("booked", "inscrit"),
                                    ("attended", "présent"),
                                    ("absent", "absent"),
                                    ("excused", "excusé"),
                                    ("cancelled", "annulé"),
                                    ("moved", "déplacé"),
                                    ("declined", "proposition déclinée"),
                                    ("expired", "proposition sans réponse"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("seat", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("capacity", models.PositiveSmallIntegerField()),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "wait",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="etp.wait",
                            ),
                        ),
                        ("request_id", models.UUIDField()),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "place",
                        "ordering": ("session__starts_at", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", etp.enums.PlaceState["OFFERED"])),
                                fields=["until"],
                                name="offer_by_end",
                            ),
                            models.Index(fields=["session", "state"], name="place_of_session"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "seat"), name="seat_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("seat", None),
                                    models.Q(("seat__gte", 1), ("seat__lte", models.F("capacity"))),
                                    _connector="OR",
                                ),
                                name="seat_within_capacity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            [
                                                etp.enums.PlaceState["ABSENT"],
                                                etp.enums.PlaceState["ATTENDED"],
                                                etp.enums.PlaceState["BOOKED"],
                                                etp.enums.PlaceState["EXCUSED"],
                                                etp.enums.PlaceState["OFFERED"],
                                            ],
                                        ),
                                        ("ended_at", None),
                                        ("seat__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "state__in",
                                                [
                                                    etp.enums.PlaceState["ABSENT"],
                                                    etp.enums.PlaceState["ATTENDED"],
                                                    etp.enums.PlaceState["BOOKED"],
                                                    etp.enums.PlaceState["EXCUSED"],
                                                    etp.enums.PlaceState["OFFERED"],
                                                ],
                                            ),
                                            _negated=True,
                                        ),
                                        ("ended_at__isnull", False),
                                        ("seat", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="seat_goes_with_state",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            etp.enums.PlaceState["ABSENT"],
                                            etp.enums.PlaceState["ATTENDED"],
                                            etp.enums.PlaceState["BOOKED"],
                                            etp.enums.PlaceState["EXCUSED"],
                                            etp.enums.PlaceState["OFFERED"],
                                        ],
                                    )
                                ),
                                fields=("patient", "session"),
                                name="one_place_a_session",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", etp.enums.PlaceState["OFFERED"])),
                                fields=("wait",),
                                name="one_offer_a_wait",
                            ),
                            models.UniqueConstraint(
                                fields=("request_id", "session", "patient"), name="place_asked_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", etp.enums.PlaceState["OFFERED"]),
                                        ("until__isnull", False),
                                        ("wait__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state", etp.enums.PlaceState["OFFERED"]),
                                            _negated=True,
                                        ),
                                        ("until", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="offer_has_its_end",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlaceStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="etp.place",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "move",
                            models.CharField(
                                choices=[
                                    ("booked", "booked"),
                                    ("offered", "offered"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("expired", "expired"),
                                    ("cancelled", "cancelled"),
                                    ("moved", "moved"),
                                    ("withdrawn", "withdrawn"),
                                    ("attended", "attended"),
                                    ("absent", "absent"),
                                    ("excused", "excused"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("state", models.CharField(max_length=9)),
                        ("seat", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("pk",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Feedback",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "place",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feedback",
                                to="etp.place",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("useful", models.PositiveSmallIntegerField()),
                        (
                            "words",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="en quelques mots"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "avis",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("useful__gte", 1), ("useful__lte", 5)),
                                name="feedback_from_1_to_5",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AbsenceCall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "place",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="call",
                                to="etp.place",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.patient",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "appel après une absence",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
