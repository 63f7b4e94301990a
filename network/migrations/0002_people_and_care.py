import django.db.models.deletion
import django.utils.timezone
import network.enums
import network.models.patient
import portal.kit.encrypted
import portal.kit.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("network", "0001_accounts"),
        ("simple_translation", "0001_initial"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("usersessions", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailembeds", "0009_embed_cache_until"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [
        portal.kit.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Patient",
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
                            "code",
                            models.CharField(max_length=8, unique=True, verbose_name="dossier"),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="patient",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "birth_name",
                            models.CharField(max_length=80, verbose_name="nom de naissance"),
                        ),
                        (
                            "used_name",
                            models.CharField(blank=True, max_length=80, verbose_name="nom utilisé"),
                        ),
                        ("first_names", models.CharField(max_length=120, verbose_name="prénoms")),
                        (
                            "search_name",
                            network.models.patient.SearchName(
                                default="", editable=False, max_length=300
                            ),
                        ),
                        (
                            "sex",
                            models.CharField(
                                choices=[("F", "F"), ("M", "M")], max_length=1, verbose_name="sexe"
                            ),
                        ),
                        ("birth_date", models.DateField(verbose_name="date de naissance")),
                        (
                            "birthplace",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="lieu de naissance"
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="adresse e-mail"
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=20, verbose_name="téléphone"),
                        ),
                        (
                            "postcode",
                            models.CharField(blank=True, max_length=5, verbose_name="code postal"),
                        ),
                        (
                            "city",
                            models.CharField(blank=True, max_length=80, verbose_name="commune"),
                        ),
                        (
                            "syndrome",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="syndrome principal"
                            ),
                        ),
                        (
                            "work_status",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="situation de travail"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
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
                        ("requested_on", models.DateField(verbose_name="demande reçue le")),
                        (
                            "completed_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="dossier complet le"
                            ),
                        ),
                        (
                            "included_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="inclusion décidée le"
                            ),
                        ),
                        (
                            "left_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="sorti du suivi le"
                            ),
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
                            models.CharField(
                                blank=True, max_length=120, verbose_name="motif de sortie"
                            ),
                        ),
                        (
                            "renewed_to",
                            models.DateField(
                                blank=True, null=True, verbose_name="suivi prolongé jusqu’au"
                            ),
                        ),
                        (
                            "joined_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="joined",
                                to="network.patient",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "patient",
                        "verbose_name_plural": "patients",
                        "ordering": ("search_name", "pk"),
                        "indexes": [
                            models.Index(fields=["search_name", "id"], name="patient_by_name"),
                            models.Index(fields=["birth_date"], name="patient_by_birth"),
                            models.Index(fields=["state", "requested_on"], name="patient_by_state"),
                            models.Index(
                                fields=["state", "completed_on", "id"], name="patient_to_decide"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_on", None),
                                    ("left_on__gte", models.F("included_on")),
                                    _connector="OR",
                                ),
                                name="patient_leaves_after_inclusion",
                                violation_error_message="La sortie précède l’inclusion.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            [
                                                network.enums.PathwayState["FOLLOWED"],
                                                network.enums.PathwayState["ENDED"],
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    ("included_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="followed_patient_is_included",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("joined_to__isnull", False),
                                        ("state", network.enums.PathwayState["JOINED"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state", network.enums.PathwayState["JOINED"]),
                                            _negated=True,
                                        ),
                                        ("joined_to", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="joined_file_names_the_other",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("renewed_to", None),
                                    ("renewed_to__gt", models.F("included_on")),
                                    _connector="OR",
                                ),
                                name="renewed_after_inclusion",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxMessage",
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
                        ("key", models.CharField(max_length=120, null=True, unique=True)),
                        ("to", models.EmailField(max_length=254, verbose_name="à")),
                        ("subject", models.CharField(max_length=200, verbose_name="objet")),
                        ("body", models.TextField(verbose_name="texte")),
                        ("html", models.TextField(blank=True)),
                        ("calendar", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField()),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("next_attempt_at", models.DateTimeField(null=True)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("last_error", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "verbose_name": "message",
                        "ordering": ("-created_at", "-pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("sent_at", None)),
                                fields=["next_attempt_at"],
                                name="outbox_to_send",
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Professional",
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
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="professional",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, max_length=10, verbose_name="civilité"),
                        ),
                        ("first_name", models.CharField(max_length=80, verbose_name="prénom")),
                        ("last_name", models.CharField(max_length=80, verbose_name="nom")),
                        (
                            "profession",
                            models.CharField(
                                choices=[
                                    ("doctor", "médecin"),
                                    ("physio", "kinésithérapeute"),
                                    ("psychologist", "psychologue"),
                                    ("nurse", "infirmier ou infirmière"),
                                    ("psychomotor", "psychomotricien ou psychomotricienne"),
                                    ("pharmacist", "pharmacien ou pharmacienne"),
                                    ("other", "autre profession"),
                                ],
                                max_length=20,
                                verbose_name="profession",
                            ),
                        ),
                        (
                            "speciality",
                            models.CharField(blank=True, max_length=80, verbose_name="spécialité"),
                        ),
                        (
                            "rpps",
                            models.CharField(
                                blank=True,
                                max_length=11,
                                null=True,
                                unique=True,
                                verbose_name="RPPS",
                            ),
                        ),
                        (
                            "rpps_verified_on",
                            models.DateField(blank=True, null=True, verbose_name="RPPS vérifié le"),
                        ),
                        (
                            "practice",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="lieu d’exercice"
                            ),
                        ),
                        (
                            "postcode",
                            models.CharField(blank=True, max_length=5, verbose_name="code postal"),
                        ),
                        (
                            "city",
                            models.CharField(blank=True, max_length=80, verbose_name="commune"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=20, verbose_name="téléphone"),
                        ),
                        (
                            "employee",
                            models.BooleanField(default=False, verbose_name="salarié du réseau"),
                        ),
                        (
                            "circle",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "review",
                                        "professionnels de la RCP hors de l’équipe de soins",
                                    ),
                                    ("occupational", "médecin du travail"),
                                    ("insurance", "médecin-conseil de l’assurance maladie"),
                                    ("disability", "médecin de la MDPH"),
                                ],
                                help_text="À remplir pour qui n’est pas un soignant du patient.",
                                max_length=12,
                                verbose_name="vient au titre de",
                            ),
                        ),
                        (
                            "agreement_from",
                            models.DateField(blank=True, null=True, verbose_name="convention du"),
                        ),
                        (
                            "agreement_to",
                            models.DateField(
                                blank=True, null=True, verbose_name="convention jusqu’au"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "professionnel",
                        "verbose_name_plural": "professionnels",
                        "ordering": ("last_name", "first_name", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreement_to", None),
                                    ("agreement_to__gte", models.F("agreement_from")),
                                    _connector="OR",
                                ),
                                name="agreement_ends_after_start",
                                violation_error_message="La convention finit avant de commencer.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RcpQuorum",
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
                        ("valid_from", models.DateField(unique=True, verbose_name="à partir du")),
                        (
                            "least",
                            models.PositiveSmallIntegerField(
                                verbose_name="professionnels présents, au moins"
                            ),
                        ),
                        (
                            "recorded_by",
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
                        "ordering": ("-valid_from",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("least__gte", 1), ("least__lte", 20)),
                                name="quorum_from_1_to_20",
                                violation_error_message="Entre 1 et 20\xa0professionnels.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Structure",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("centre", "centre de la douleur"),
                                    ("consultation", "consultation de la douleur"),
                                    ("permanence", "permanence avancée"),
                                ],
                                max_length=12,
                                verbose_name="type",
                            ),
                        ),
                        ("department", models.CharField(max_length=3, verbose_name="département")),
                    ],
                    options={
                        "verbose_name": "structure",
                        "verbose_name_plural": "structures",
                        "ordering": ("department", "name"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="RoleGrant",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("patient", "patient"),
                                    ("clinician", "clinician"),
                                    ("coordinator", "coordinator"),
                                    ("accountant", "accountant"),
                                    ("editor", "editor"),
                                    ("medical_director", "medical_director"),
                                    ("administrator", "administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("granted_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "granted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_by",
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
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("user", "role"),
                                name="role_held_once",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                        ("email", models.EmailField(max_length=254, verbose_name="adresse e-mail")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("patient", "patient"),
                                    ("clinician", "clinician"),
                                    ("coordinator", "coordinator"),
                                    ("accountant", "accountant"),
                                    ("editor", "editor"),
                                    ("medical_director", "medical_director"),
                                    ("administrator", "administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "professional",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="network.professional",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="network.patient",
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "ordering": ("-created_at",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="BreakGlass",
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
                                related_name="openings_by_reason",
                                to="network.patient",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("emergency", "urgence"),
                                    ("on_call", "garde ou remplacement"),
                                    ("asked", "à la demande de la personne"),
                                    ("other", "autre nécessité de soins"),
                                ],
                                max_length=10,
                                verbose_name="motif",
                            ),
                        ),
                        ("words", models.CharField(max_length=300, verbose_name="précisions")),
                        ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                        (
                            "checked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="vérifié le"),
                        ),
                        (
                            "checked_by",
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
                        "verbose_name": "accès exceptionnel",
                        "verbose_name_plural": "accès exceptionnels",
                        "ordering": ("-opened_at", "-pk"),
                        "indexes": [
                            models.Index(fields=["user", "opened_at"], name="glass_of_user"),
                            models.Index(
                                condition=models.Q(("checked_at", None)),
                                fields=["opened_at"],
                                name="glass_to_check",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="glass_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("checked_at", None), ("checked_by", None)),
                                    models.Q(
                                        ("checked_at__isnull", False), ("checked_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="glass_checked_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CareLink",
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
                                related_name="links",
                                to="network.patient",
                            ),
                        ),
                        (
                            "professional",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="network.professional",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("treating_doctor", "treating_doctor"), ("team", "team")],
                                max_length=20,
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="depuis le")),
                        (
                            "ends_on",
                            models.DateField(blank=True, null=True, verbose_name="jusqu’au"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="care_link_ends_after_start",
                                violation_error_message="La fin précède le début.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("role", network.enums.LinkRole["TREATING_DOCTOR"]),
                                ),
                                fields=("patient",),
                                name="one_treating_doctor",
                                violation_error_message="Ce patient a déjà un médecin traitant.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("role", network.enums.LinkRole["TEAM"])
                                ),
                                fields=("patient", "professional"),
                                name="in_team_once",
                                violation_error_message="Cette personne est déjà dans l’équipe.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AldPeriod",
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
                                related_name="alds",
                                to="network.patient",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("30", "30"),
                                    ("31", "31"),
                                    ("32", "32"),
                                    ("other", "other"),
                                ],
                                max_length=5,
                                verbose_name="type",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="du")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="au")),
                        (
                            "proof",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="justificatif vu"
                            ),
                        ),
                        (
                            "recorded_by",
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
                        "ordering": ("starts_on", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="ald_ends_after_start",
                                violation_error_message="La fin de l’ALD précède son début.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationSite",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("own", "site du réseau"),
                                    ("permanence", "permanence avancée"),
                                ],
                                max_length=12,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "structure",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultation_sites",
                                to="network.structure",
                                verbose_name="structure douleur",
                            ),
                        ),
                        ("address", models.CharField(max_length=120, verbose_name="adresse")),
                        ("postcode", models.CharField(max_length=5, verbose_name="code postal")),
                        ("city", models.CharField(max_length=80, verbose_name="commune")),
                        (
                            "access",
                            models.CharField(blank=True, max_length=200, verbose_name="accès"),
                        ),
                        (
                            "active",
                            models.BooleanField(
                                default=True, verbose_name="ouvert à de nouveaux créneaux"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "site de consultation",
                        "ordering": ("name",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Representative",
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
                                related_name="representatives",
                                to="network.patient",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="represents",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("relation", models.CharField(max_length=40, verbose_name="lien")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("patient", "user"), name="representative_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ContactAttempt",
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
                                related_name="contact_attempts",
                                to="network.patient",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="le")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("phone", "téléphone"),
                                    ("mail", "mail"),
                                    ("letter", "courrier"),
                                    ("relative", "proche"),
                                    ("doctor", "médecin traitant"),
                                ],
                                max_length=12,
                                verbose_name="par",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(blank=True, max_length=200, verbose_name="résultat"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("-on", "-pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="JournalEntry",
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
                        ("at", models.DateTimeField(db_index=True, verbose_name="quand")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="qui",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="journal",
                                to="network.patient",
                            ),
                        ),
                        ("verb", models.CharField(max_length=40, verbose_name="action")),
                        (
                            "subject",
                            models.CharField(blank=True, max_length=80, verbose_name="objet"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="motif"),
                        ),
                    ],
                    options={
                        "verbose_name": "entrée du journal",
                        "verbose_name_plural": "journal",
                        "ordering": ("-at", "-pk"),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="PersonalLink",
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
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("failures", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "lien personnel",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="PathwayStep",
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
                                related_name="steps",
                                to="network.patient",
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
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="motif"),
                        ),
                    ],
                    options={
                        "verbose_name": "étape du parcours",
                        "ordering": ("pk",),
                        "indexes": [
                            models.Index(fields=["patient", "id"], name="pathway_step_of_patient"),
                            models.Index(fields=["move", "on"], name="pathway_step_by_day"),
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SharingConsent",
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
                                related_name="sharing_consents",
                                to="network.patient",
                            ),
                        ),
                        (
                            "circle",
                            models.CharField(
                                choices=[
                                    (
                                        "review",
                                        "professionnels de la RCP hors de l’équipe de soins",
                                    ),
                                    ("occupational", "médecin du travail"),
                                    ("insurance", "médecin-conseil de l’assurance maladie"),
                                    ("disability", "médecin de la MDPH"),
                                ],
                                max_length=12,
                                verbose_name="avec qui",
                            ),
                        ),
                        ("given_on", models.DateField(verbose_name="donné le")),
                        (
                            "how",
                            models.CharField(blank=True, max_length=120, verbose_name="recueilli"),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
                        ),
                        (
                            "withdrawn_by",
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
                        "verbose_name": "accord de partage",
                        "ordering": ("-recorded_at", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("patient", "circle"),
                                name="sharing_consent_once",
                                violation_error_message="Cet accord est déjà noté.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at", None),
                                    ("withdrawn_at__gte", models.F("recorded_at")),
                                    _connector="OR",
                                ),
                                name="sharing_withdrawn_after_given",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="BankDetails",
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
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bank_details",
                                to="network.professional",
                            ),
                        ),
                        (
                            "holder",
                            models.CharField(max_length=70, verbose_name="titulaire du compte"),
                        ),
                        ("iban", portal.kit.encrypted.EncryptedText(verbose_name="IBAN")),
                        ("last4", models.CharField(max_length=4)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("confirmed", "confirmed"),
                                    ("rejected", "rejected"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField()),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="note de rappel téléphonique",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(
                                        ("decided_by", models.F("proposed_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="bank_change_by_two",
                                violation_error_message="Une autre personne doit confirmer ce changement.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_by", None),
                                        ("state", network.enums.BankState["PROPOSED"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state", network.enums.BankState["PROPOSED"]),
                                            _negated=True,
                                        ),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="bank_decision_has_author",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", network.enums.BankState["PROPOSED"])),
                                fields=("professional",),
                                name="one_bank_change_at_a_time",
                                violation_error_message="Un changement attend déjà d’être confirmé.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Questionnaire",
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
                                related_name="questionnaires",
                                to="network.patient",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("entry", "questionnaire d’entrée"),
                                    ("reassessment", "questionnaire de réévaluation"),
                                    ("short", "point d’étape court"),
                                ],
                                max_length=12,
                                verbose_name="questionnaire",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "answered_as",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("patient", "le patient"),
                                    ("representative", "son représentant"),
                                    ("coordination", "la coordination, d’après le papier"),
                                ],
                                max_length=14,
                                verbose_name="rempli par",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "last_answer_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="dernière réponse"
                            ),
                        ),
                        (
                            "reminder",
                            models.CharField(
                                blank=True, max_length=6, verbose_name="dernier rappel"
                            ),
                        ),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="envoyé le"),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
                        ),
                    ],
                    options={
                        "verbose_name": "questionnaire",
                        "ordering": ("-asked_at", "-pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("sent_at", None), ("withdrawn_at", None)),
                                fields=["asked_at"],
                                name="questionnaire_to_answer",
                            ),
                            models.Index(
                                fields=["patient", "sent_at"], name="questionnaire_of_patient"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("sent_at", None), ("withdrawn_at", None)),
                                fields=("patient",),
                                name="one_questionnaire_to_answer",
                                violation_error_message="Un questionnaire est déjà demandé.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_at", None),
                                    models.Q(
                                        ("withdrawn_at", None),
                                        models.Q(("answered_as", ""), _negated=True),
                                        ("sent_at__gte", models.F("asked_at")),
                                    ),
                                    _connector="OR",
                                ),
                                name="questionnaire_sent_once_answered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RcpMeeting",
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
                        ("held_on", models.DateField(verbose_name="date de la réunion")),
                        (
                            "begins_at",
                            models.TimeField(blank=True, null=True, verbose_name="heure"),
                        ),
                        (
                            "length",
                            models.PositiveSmallIntegerField(
                                default=90, verbose_name="durée, en minutes"
                            ),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=120, verbose_name="lieu"),
                        ),
                        (
                            "video",
                            models.URLField(
                                blank=True,
                                max_length=300,
                                verbose_name="lien de la visioconférence",
                            ),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.professional",
                                verbose_name="présidée par",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "prévue"),
                                    ("held", "tenue"),
                                    ("called_off", "annulée"),
                                ],
                                default="held",
                                max_length=12,
                            ),
                        ),
                        (
                            "call_off_reason",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="motif de l’annulation"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        (
                            "recorded_by",
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
                        "verbose_name": "RCP",
                        "verbose_name_plural": "RCP",
                        "ordering": ("-held_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", network.enums.MeetingState["PLANNED"]),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("begins_at__isnull", False), ("chair__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="planned_meeting_has_hour_and_chair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", network.enums.MeetingState["CALLED_OFF"]),
                                        _negated=True,
                                    ),
                                    models.Q(("call_off_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meeting_called_off_for_a_reason",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Referral",
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
                        ("key", models.UUIDField(unique=True)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="auteur",
                            ),
                        ),
                        ("begun_at", models.DateTimeField()),
                        ("kept_at", models.DateTimeField(verbose_name="dernière saisie")),
                        ("typed", models.JSONField(default=dict)),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="envoyée le")),
                        (
                            "patient",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="network.patient",
                            ),
                        ),
                        (
                            "informed",
                            models.BooleanField(
                                default=False, verbose_name="le patient est informé et d’accord"
                            ),
                        ),
                        (
                            "treating_doctor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.professional",
                                verbose_name="médecin traitant",
                            ),
                        ),
                        (
                            "doctor_name",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="médecin hors du réseau"
                            ),
                        ),
                        ("question", models.TextField(blank=True, verbose_name="question posée")),
                        (
                            "syndrome",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="douleur principale"
                            ),
                        ),
                        (
                            "work_status",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="situation de travail"
                            ),
                        ),
                        (
                            "history",
                            models.TextField(blank=True, verbose_name="histoire de la douleur"),
                        ),
                        (
                            "tried",
                            models.TextField(
                                blank=True, verbose_name="traitements essayés et résultats"
                            ),
                        ),
                        (
                            "treatments",
                            models.TextField(blank=True, verbose_name="traitements actuels"),
                        ),
                        (
                            "comorbidities",
                            models.TextField(blank=True, verbose_name="autres maladies"),
                        ),
                        (
                            "psychosocial",
                            models.TextField(
                                blank=True, verbose_name="contexte psychologique et social"
                            ),
                        ),
                        ("fast_tracks", models.JSONField(default=list, verbose_name="coupe-file")),
                        (
                            "sick_leave_since",
                            models.DateField(null=True, verbose_name="en arrêt depuis le"),
                        ),
                        ("work_facts", models.JSONField(default=list, verbose_name="au travail")),
                        (
                            "cover",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="couverture sociale"
                            ),
                        ),
                        (
                            "ald_kind",
                            models.CharField(blank=True, max_length=5, verbose_name="ALD déclarée"),
                        ),
                        ("ald_from", models.DateField(null=True, verbose_name="ALD depuis le")),
                        ("ald_to", models.DateField(null=True, verbose_name="ALD jusqu’au")),
                        (
                            "representative",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="représentant légal"
                            ),
                        ),
                        (
                            "representative_contact",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="contact du représentant"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "adressage",
                        "ordering": ("-kept_at", "-pk"),
                        "indexes": [
                            models.Index(fields=["author", "-sent_at"], name="referral_of_author"),
                            models.Index(
                                fields=["patient", "-sent_at"], name="referral_of_patient"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("patient", None), ("sent_at", None)),
                                    models.Q(
                                        ("informed", True),
                                        ("patient__isnull", False),
                                        ("sent_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="sent_referral_has_patient_informed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ald_to", None),
                                    ("ald_from", None),
                                    ("ald_to__gte", models.F("ald_from")),
                                    _connector="OR",
                                ),
                                name="declared_ald_ends_after_start",
                                violation_error_message="La fin de l’ALD précède son début.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DistinctFiles",
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
                            "one",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.patient",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.patient",
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("one", "other"), name="distinct_files_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("one__lt", models.F("other"))),
                                name="distinct_files_in_order",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationSlot",
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
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slots",
                                to="network.consultationsite",
                                verbose_name="site",
                            ),
                        ),
                        (
                            "doctor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultation_slots",
                                to="network.professional",
                                verbose_name="médecin",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="début")),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(verbose_name="durée, en minutes"),
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
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "withdrawn_by",
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
                        "verbose_name": "créneau",
                        "ordering": ("starts_at", "pk"),
                        "indexes": [
                            models.Index(
                                fields=["site", "starts_at"], name="consultation_slot_of_site"
                            ),
                            models.Index(fields=["starts_at"], name="consultation_slot_by_start"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("doctor", "starts_at"),
                                name="doctor_consults_once_at_a_time",
                                violation_error_message="Ce médecin a déjà un créneau à cette heure.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 15), ("minutes__lte", 180)),
                                name="consultation_slot_length",
                                violation_error_message="Un créneau dure de 15 à 180\xa0minutes.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Response",
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
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responses",
                                to="network.questionnaire",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("instrument_id", models.CharField(max_length=20)),
                        ("version", models.PositiveSmallIntegerField()),
                        ("content_hash", models.CharField(max_length=64)),
                        ("scores", models.JSONField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ("position",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("questionnaire", "position"), name="response_position_once"
                            ),
                            models.UniqueConstraint(
                                fields=("questionnaire", "instrument_id"), name="instrument_once"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerAlert",
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
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to="network.questionnaire",
                            ),
                        ),
                        ("instrument_id", models.CharField(max_length=20)),
                        ("item", models.CharField(max_length=20)),
                        ("raised_at", models.DateTimeField(verbose_name="reçue le")),
                        (
                            "seen_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="prise en charge le"
                            ),
                        ),
                        (
                            "seen_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="ce qui a été fait"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "alerte",
                        "ordering": ("raised_at", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("seen_at", None)),
                                fields=["raised_at"],
                                name="alert_to_see",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("questionnaire", "instrument_id", "item"), name="alert_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("note", ""), ("seen_at", None), ("seen_by", None)),
                                    models.Q(
                                        ("seen_at__isnull", False),
                                        ("seen_by__isnull", False),
                                        models.Q(("note", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="alert_seen_by_name_with_a_note",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RcpInvitation",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="network.rcpmeeting",
                            ),
                        ),
                        (
                            "professional",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rcp_invitations",
                                to="network.professional",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "professional"), name="invited_to_meeting_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", network.enums.Answer["WAITING"]),
                                        ("answered_at", None),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("answer", network.enums.Answer["WAITING"]),
                                            _negated=True,
                                        ),
                                        ("answered_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="invitation_answer_is_dated",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RcpFile",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="network.rcpmeeting",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rcp_files",
                                to="network.patient",
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="ordre")),
                        (
                            "question",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="question posée"
                            ),
                        ),
                        ("summary", models.TextField(blank=True, verbose_name="résumé")),
                        (
                            "presenter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.professional",
                                verbose_name="présenté par",
                            ),
                        ),
                        (
                            "signatory",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.professional",
                                verbose_name="compte rendu signé par",
                            ),
                        ),
                        (
                            "minutes_signed_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="compte rendu signé le"
                            ),
                        ),
                        (
                            "plan_revised_on",
                            models.DateField(blank=True, null=True, verbose_name="PPS modifié le"),
                        ),
                        (
                            "work_then",
                            models.CharField(
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
                        (
                            "work_later",
                            models.CharField(
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
                        (
                            "work_later_on",
                            models.DateField(blank=True, null=True, verbose_name="demandé le"),
                        ),
                        (
                            "attendees",
                            models.ManyToManyField(
                                related_name="rcp_files",
                                through="network.RcpAttendance",
                                to="network.professional",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dossier de RCP",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "patient"),
                                name="rcp_file_once",
                                violation_error_message="Ce patient est déjà à l’ordre du jour.",
                            ),
                            models.CheckConstraint(
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
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                        ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="network.referral",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("pdf", "PDF"), ("jpg", "JPG"), ("png", "PNG")],
                                max_length=4,
                                verbose_name="type",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="nom du fichier")),
                        ("size", models.PositiveIntegerField(verbose_name="taille")),
                        ("digest", models.CharField(max_length=64)),
                        ("content", portal.kit.encrypted.EncryptedBytes()),
                        ("added_at", models.DateTimeField(verbose_name="ajoutée le")),
                    ],
                    options={
                        "verbose_name": "pièce jointe",
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("referral", "digest"), name="attachment_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RequestLetter",
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
                        ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                        ("key", models.UUIDField()),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="request_letters",
                                to="network.patient",
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="network.referral",
                            ),
                        ),
                        (
                            "to",
                            models.CharField(
                                choices=[("doctor", "doctor"), ("patient", "patient")], max_length=7
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("include", "include"),
                                    ("redirect", "redirect"),
                                    ("refuse", "refuse"),
                                    ("ask", "ask"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("body", models.TextField(verbose_name="texte")),
                        ("dated", models.DateField(verbose_name="du")),
                        ("written_at", models.DateTimeField()),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "courrier de réponse",
                        "ordering": ("-written_at", "to", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "to"), name="request_letter_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
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
                                related_name="visits",
                                to="network.patient",
                            ),
                        ),
                        (
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="network.consultationslot",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("booked", "prévu"),
                                    ("held", "fait"),
                                    ("missed", "manqué"),
                                    ("cancelled", "annulé"),
                                ],
                                default="booked",
                                max_length=12,
                                verbose_name="rendez-vous",
                            ),
                        ),
                        ("sequence", models.PositiveSmallIntegerField(default=0)),
                        (
                            "care_link",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.carelink",
                            ),
                        ),
                        ("booked_at", models.DateTimeField()),
                        (
                            "booked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="motif"),
                        ),
                    ],
                    options={
                        "verbose_name": "rendez-vous d’évaluation",
                        "ordering": ("slot__starts_at", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        (
                                            network.enums.VisitState["BOOKED"],
                                            network.enums.VisitState["HELD"],
                                            network.enums.VisitState["MISSED"],
                                        ),
                                    )
                                ),
                                fields=("slot",),
                                name="consultation_slot_taken_once",
                                violation_error_message="Ce créneau est déjà pris.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", network.enums.VisitState["BOOKED"])),
                                fields=("patient",),
                                name="one_evaluation_to_come",
                                violation_error_message="Ce patient a déjà un rendez-vous.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at", None),
                                        ("state", network.enums.VisitState["BOOKED"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state", network.enums.VisitState["BOOKED"]),
                                            _negated=True,
                                        ),
                                        ("closed_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="visit_closed_when_over",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PlanVersion",
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
                                related_name="plans",
                                to="network.patient",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        (
                            "priorities",
                            models.TextField(
                                blank=True, verbose_name="ce qui compte pour la personne"
                            ),
                        ),
                        (
                            "preferences",
                            models.TextField(blank=True, verbose_name="ses préférences"),
                        ),
                        (
                            "alert",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="en cas d’alerte"
                            ),
                        ),
                        (
                            "referent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.professional",
                                verbose_name="référent",
                            ),
                        ),
                        (
                            "review_on",
                            models.DateField(blank=True, null=True, verbose_name="à revoir le"),
                        ),
                        (
                            "rcp_file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plan_versions",
                                to="network.rcpfile",
                                verbose_name="RCP à l’origine de cette version",
                            ),
                        ),
                        ("typed", models.JSONField(blank=True, default=dict)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("started_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        (
                            "changed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="signé le"),
                        ),
                        (
                            "signed_by",
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
                        "verbose_name": "plan de soins",
                        "ordering": ("-number",),
                        "indexes": [models.Index(fields=["review_on"], name="plan_by_review")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("patient", "number"), name="plan_numbered"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("signed_at", None)),
                                fields=("patient",),
                                name="one_plan_draft",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at", None), ("signed_by", None)),
                                    models.Q(
                                        ("referent__isnull", False),
                                        ("review_on__isnull", False),
                                        ("signed_at__isnull", False),
                                        ("signed_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="signed_plan_is_whole",
                                violation_error_message="Un plan signé a un référent et une date de revue.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemAnswer",
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
                            "response",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="network.response",
                            ),
                        ),
                        ("item", models.CharField(max_length=20)),
                        ("value", models.JSONField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("response", "item"), name="answered_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RcpAttendance",
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
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance",
                                to="network.rcpfile",
                            ),
                        ),
                        (
                            "professional",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rcp_attendance",
                                to="network.professional",
                            ),
                        ),
                        (
                            "presence",
                            models.CharField(
                                choices=[("on_site", "sur place"), ("remote", "à distance")],
                                default="on_site",
                                max_length=8,
                                verbose_name="présence",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("file", "professional"), name="attends_file_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RcpProposal",
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
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="network.rcpfile",
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
                        (
                            "detail",
                            models.CharField(blank=True, max_length=200, verbose_name="précision"),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rcp_proposals",
                                to="network.professional",
                                verbose_name="responsable",
                            ),
                        ),
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
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="depuis le"),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(blank=True, max_length=200, verbose_name="pourquoi"),
                        ),
                    ],
                    options={
                        "verbose_name": "proposition de RCP",
                        "ordering": ("due_on", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("outcome", network.enums.Outcome["PENDING"])),
                                fields=["due_on", "id"],
                                name="rcp_proposal_to_do",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_by", None),
                                        ("closed_on", None),
                                        ("outcome", network.enums.Outcome["PENDING"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("outcome", network.enums.Outcome["PENDING"]),
                                            _negated=True,
                                        ),
                                        ("closed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="proposal_outcome_is_dated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "outcome__in",
                                            [
                                                network.enums.Outcome["NOT_DONE"],
                                                network.enums.Outcome["DROPPED"],
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(("why", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="proposal_given_up_for_a_reason",
                                violation_error_message="Dites pourquoi en quelques mots.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", network.enums.ProposalKind["OTHER"]), _negated=True
                                    ),
                                    models.Q(("detail", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="other_proposal_is_told",
                                violation_error_message="Précisez cette proposition.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RcpMinutes",
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
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="network.rcpfile",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("discussion", models.TextField(blank=True, verbose_name="discussion")),
                        ("conclusion", models.TextField(blank=True, verbose_name="conclusion")),
                        ("content", models.JSONField(blank=True, default=dict)),
                        ("written_at", models.DateTimeField()),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.professional",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "compte rendu de RCP",
                        "ordering": ("number",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("file", "number"), name="minutes_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("signed_at", None)),
                                fields=("file",),
                                name="one_draft_of_minutes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at", None), ("signed_by", None)),
                                    models.Q(
                                        ("signed_at__isnull", False), ("signed_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="minutes_signed_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="minutes_numbered_from_1",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_at", None),
                                    ("signed_at__gte", models.F("written_at")),
                                    _connector="OR",
                                ),
                                name="minutes_signed_once_written",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PaperPlan",
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
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_plan",
                                to="network.rcpfile",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(max_length=200, verbose_name="d’après quel document"),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="paper_plan_has_a_reason",
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
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluations",
                                to="network.patient",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ceo", "Consultation d’évaluation et d’orientation"),
                                    ("reassessment", "Réévaluation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "doctor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluations",
                                to="network.professional",
                            ),
                        ),
                        (
                            "visit",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluation",
                                to="network.visit",
                            ),
                        ),
                        (
                            "compared_with",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reassessments",
                                to="network.evaluation",
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="consultation du")),
                        (
                            "intensity",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="intensité moyenne"
                            ),
                        ),
                        ("pain", models.TextField(blank=True, verbose_name="douleur")),
                        (
                            "repercussions",
                            models.TextField(blank=True, verbose_name="retentissement"),
                        ),
                        ("treatments", models.TextField(blank=True, verbose_name="traitements")),
                        (
                            "priorities",
                            models.TextField(blank=True, verbose_name="priorités de la personne"),
                        ),
                        ("own_words", models.TextField(blank=True, verbose_name="ses mots")),
                        ("saved_at", models.DateTimeField()),
                        (
                            "signed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="signée le"),
                        ),
                    ],
                    options={
                        "verbose_name": "évaluation",
                        "ordering": ("-held_on", "-pk"),
                        "indexes": [
                            models.Index(
                                fields=["doctor", "signed_at"], name="evaluation_of_doctor"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("signed_at", None)),
                                fields=("patient", "doctor", "kind"),
                                name="one_draft_of_evaluation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("intensity", None), ("intensity__lte", 10), _connector="OR"
                                ),
                                name="evaluation_intensity_0_to_10",
                                violation_error_message="L’intensité va de 0 à 10.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", network.enums.EvaluationKind["REASSESSMENT"]),
                                    ("compared_with", None),
                                    _connector="OR",
                                ),
                                name="ceo_is_compared_with_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanProblem",
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="problems",
                                to="network.planversion",
                            ),
                        ),
                        ("key", models.CharField(max_length=12)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("words", models.CharField(max_length=300, verbose_name="problème")),
                    ],
                    options={
                        "ordering": ("position",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "key"), name="plan_problem_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PlanAgreement",
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
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement",
                                to="network.planversion",
                            ),
                        ),
                        ("given_on", models.DateField(verbose_name="accord donné le")),
                        ("how", models.CharField(max_length=120, verbose_name="recueilli")),
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
                        "verbose_name": "accord sur le plan",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="RcpCopy",
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
                            "minutes",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="copies",
                                to="network.rcpminutes",
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
                        (
                            "sent_by",
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
                        "ordering": ("sent_on", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("minutes", "to", "channel"),
                                name="copy_noted_once",
                                violation_error_message="Cette copie est déjà notée.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Orientation",
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
                            "evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="orientations",
                                to="network.evaluation",
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                choices=[
                                    ("pain_centre", "Centre de la douleur"),
                                    ("city_doctor", "Médecin de la douleur en ville"),
                                    ("dac", "DAC (dispositif d’appui à la coordination)"),
                                    ("workshops", "Ateliers du réseau"),
                                    ("rcp", "RCP (réunion de concertation)"),
                                    (
                                        "partners",
                                        "Partenaires : kinésithérapeute, psychologue, social…",
                                    ),
                                    ("hospital", "Hospitalisation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "words",
                            models.CharField(blank=True, max_length=300, verbose_name="précision"),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("evaluation", "direction"), name="orientation_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="EvaluationAddendum",
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
                            "evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="addenda",
                                to="network.evaluation",
                            ),
                        ),
                        ("words", models.TextField(verbose_name="complément")),
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
                        "ordering": ("pk",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="LiaisonLetter",
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
                            "evaluation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letter",
                                to="network.evaluation",
                            ),
                        ),
                        (
                            "to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.professional",
                            ),
                        ),
                        ("prepared_on", models.DateField()),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("secure_mail", "messagerie sécurisée de santé"),
                                    ("post", "courrier postal"),
                                    ("hand", "remis en main propre"),
                                ],
                                max_length=12,
                                verbose_name="envoyée par",
                            ),
                        ),
                        (
                            "sent_on",
                            models.DateField(blank=True, null=True, verbose_name="envoyée le"),
                        ),
                        (
                            "sent_by",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("channel", ""), ("sent_on", None)),
                                    models.Q(
                                        models.Q(("channel", ""), _negated=True),
                                        ("sent_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="letter_sent_by_a_channel",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_on", None),
                                    ("sent_on__gte", models.F("prepared_on")),
                                    _connector="OR",
                                ),
                                name="letter_sent_once_prepared",
                                violation_error_message="La lettre part après avoir été préparée.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PlanObjective",
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
                            "problem",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objectives",
                                to="network.planproblem",
                            ),
                        ),
                        ("key", models.CharField(max_length=12)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("words", models.CharField(max_length=300, verbose_name="objectif")),
                    ],
                    options={
                        "ordering": ("position",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("problem", "key"), name="plan_objective_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PlanAction",
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
                                related_name="actions",
                                to="network.planobjective",
                            ),
                        ),
                        ("key", models.CharField(max_length=12)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("what", models.CharField(max_length=300, verbose_name="action")),
                        (
                            "professional",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.professional",
                            ),
                        ),
                        ("who", models.CharField(blank=True, max_length=120, verbose_name="qui")),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="échéance"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("to_do", "à faire"),
                                    ("under_way", "en cours"),
                                    ("done", "fait"),
                                    ("dropped", "abandonné"),
                                ],
                                max_length=10,
                                verbose_name="où en est-on",
                            ),
                        ),
                        (
                            "why",
                            models.CharField(blank=True, max_length=300, verbose_name="pourquoi"),
                        ),
                    ],
                    options={
                        "ordering": ("position",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("objective", "key"), name="plan_action_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("professional__isnull", False), ("who", "")),
                                    models.Q(
                                        ("professional", None), models.Q(("who", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="plan_action_has_one_doer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status", network.enums.ActionStatus["DROPPED"]),
                                        _negated=True,
                                    ),
                                    models.Q(("why", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="dropped_action_says_why",
                                violation_error_message="Dites pourquoi l’action est abandonnée.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
