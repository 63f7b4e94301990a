import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import network.enums
import network.models.patient
import portal.kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Structure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="adresse e-mail"),
                ),
                ("first_name", models.CharField(blank=True, max_length=80, verbose_name="prénom")),
                ("last_name", models.CharField(blank=True, max_length=80, verbose_name="nom")),
                ("is_active", models.BooleanField(default=True, verbose_name="actif")),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="créé le"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "compte",
                "verbose_name_plural": "comptes",
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, null=True, unique=True)),
                ("to", models.EmailField(max_length=254, verbose_name="à")),
                ("subject", models.CharField(max_length=200, verbose_name="objet")),
                ("body", models.TextField(verbose_name="texte")),
                ("html", models.TextField(blank=True)),
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
            },
        ),
        migrations.CreateModel(
            name="Patient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True, verbose_name="dossier")),
                ("birth_name", models.CharField(max_length=80, verbose_name="nom de naissance")),
                (
                    "used_name",
                    models.CharField(blank=True, max_length=80, verbose_name="nom utilisé"),
                ),
                ("first_names", models.CharField(max_length=120, verbose_name="prénoms")),
                (
                    "search_name",
                    network.models.patient.SearchName(default="", editable=False, max_length=300),
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
                    models.CharField(blank=True, max_length=80, verbose_name="lieu de naissance"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="adresse e-mail"),
                ),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                (
                    "postcode",
                    models.CharField(blank=True, max_length=5, verbose_name="code postal"),
                ),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="commune")),
                (
                    "syndrome",
                    models.CharField(blank=True, max_length=40, verbose_name="syndrome principal"),
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
                        ],
                        default="requested",
                        max_length=12,
                        verbose_name="parcours",
                    ),
                ),
                ("requested_on", models.DateField(verbose_name="demande reçue le")),
                (
                    "completed_on",
                    models.DateField(blank=True, null=True, verbose_name="dossier complet le"),
                ),
                (
                    "included_on",
                    models.DateField(blank=True, null=True, verbose_name="inclusion décidée le"),
                ),
                (
                    "left_on",
                    models.DateField(blank=True, null=True, verbose_name="sorti du suivi le"),
                ),
                (
                    "exit_reason",
                    models.CharField(blank=True, max_length=120, verbose_name="motif de sortie"),
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
            ],
            options={
                "verbose_name": "patient",
                "verbose_name_plural": "patients",
                "ordering": ("search_name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, verbose_name="quand")),
                ("verb", models.CharField(max_length=40, verbose_name="action")),
                ("subject", models.CharField(blank=True, max_length=80, verbose_name="objet")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="motif")),
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
            ],
            options={
                "verbose_name": "entrée du journal",
                "verbose_name_plural": "journal",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="AldPeriod",
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
                        choices=[("30", "30"), ("31", "31"), ("32", "32"), ("other", "other")],
                        max_length=5,
                        verbose_name="type",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="au")),
                (
                    "proof",
                    models.CharField(blank=True, max_length=120, verbose_name="justificatif vu"),
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
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alds",
                        to="network.patient",
                    ),
                ),
            ],
            options={
                "ordering": ("starts_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Professional",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=10, verbose_name="civilité")),
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
                        blank=True, max_length=11, null=True, unique=True, verbose_name="RPPS"
                    ),
                ),
                (
                    "rpps_verified_on",
                    models.DateField(blank=True, null=True, verbose_name="RPPS vérifié le"),
                ),
                (
                    "practice",
                    models.CharField(blank=True, max_length=120, verbose_name="lieu d’exercice"),
                ),
                (
                    "postcode",
                    models.CharField(blank=True, max_length=5, verbose_name="code postal"),
                ),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="commune")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                ("employee", models.BooleanField(default=False, verbose_name="salarié du réseau")),
                (
                    "agreement_from",
                    models.DateField(blank=True, null=True, verbose_name="convention du"),
                ),
                (
                    "agreement_to",
                    models.DateField(blank=True, null=True, verbose_name="convention jusqu’au"),
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
            ],
            options={
                "verbose_name": "professionnel",
                "verbose_name_plural": "professionnels",
                "ordering": ("last_name", "first_name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "professional",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="network.professional",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="CareLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
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
            ],
        ),
        migrations.CreateModel(
            name="BankDetails",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("holder", models.CharField(max_length=70, verbose_name="titulaire du compte")),
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
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="note de rappel téléphonique"
                    ),
                ),
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
        ),
        migrations.CreateModel(
            name="RcpAttendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            ],
        ),
        migrations.CreateModel(
            name="RcpFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "minutes_signed_on",
                    models.DateField(blank=True, null=True, verbose_name="compte rendu signé le"),
                ),
                (
                    "plan_revised_on",
                    models.DateField(blank=True, null=True, verbose_name="PPS modifié le"),
                ),
                (
                    "attendees",
                    models.ManyToManyField(
                        related_name="rcp_files",
                        through="network.RcpAttendance",
                        to="network.professional",
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
            ],
            options={
                "verbose_name": "dossier de RCP",
            },
        ),
        migrations.AddField(
            model_name="rcpattendance",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendance",
                to="network.rcpfile",
            ),
        ),
        migrations.CreateModel(
            name="RcpMeeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="date de la réunion")),
                (
                    "place",
                    models.CharField(blank=True, max_length=120, verbose_name="lieu ou visio"),
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
                "verbose_name": "RCP",
                "verbose_name_plural": "RCP",
                "ordering": ("-held_on", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="rcpfile",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="network.rcpmeeting",
            ),
        ),
        migrations.CreateModel(
            name="Representative",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("relation", models.CharField(max_length=40, verbose_name="lien")),
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
            ],
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                name="user_email_once",
                violation_error_message="Un compte existe déjà avec cette adresse.",
            ),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(fields=["search_name", "id"], name="patient_by_name"),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(fields=["birth_date"], name="patient_by_birth"),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(fields=["state", "requested_on"], name="patient_by_state"),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on", None), ("left_on__gte", models.F("included_on")), _connector="OR"
                ),
                name="patient_leaves_after_inclusion",
                violation_error_message="La sortie précède l’inclusion.",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="aldperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="ald_ends_after_start",
                violation_error_message="La fin de l’ALD précède son début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="professional",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreement_to", None),
                    ("agreement_to__gte", models.F("agreement_from")),
                    _connector="OR",
                ),
                name="agreement_ends_after_start",
                violation_error_message="La convention finit avant de commencer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="carelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="care_link_ends_after_start",
                violation_error_message="La fin précède le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="carelink",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("ends_on", None), ("role", network.enums.LinkRole["TREATING_DOCTOR"])
                ),
                fields=("patient",),
                name="one_treating_doctor",
                violation_error_message="Ce patient a déjà un médecin traitant.",
            ),
        ),
        migrations.AddConstraint(
            model_name="carelink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None), ("role", network.enums.LinkRole["TEAM"])),
                fields=("patient", "professional"),
                name="in_team_once",
                violation_error_message="Cette personne est déjà dans l’équipe.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankdetails",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="bank_change_by_two",
                violation_error_message="Une autre personne doit confirmer ce changement.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankdetails",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", None), ("state", network.enums.BankState["PROPOSED"])),
                    models.Q(
                        models.Q(("state", network.enums.BankState["PROPOSED"]), _negated=True),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="bank_decision_has_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankdetails",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", network.enums.BankState["PROPOSED"])),
                fields=("professional",),
                name="one_bank_change_at_a_time",
                violation_error_message="Un changement attend déjà d’être confirmé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpattendance",
            constraint=models.UniqueConstraint(
                fields=("file", "professional"), name="attends_file_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rcpfile",
            constraint=models.UniqueConstraint(
                fields=("meeting", "patient"),
                name="rcp_file_once",
                violation_error_message="Ce patient est déjà à l’ordre du jour.",
            ),
        ),
        migrations.AddConstraint(
            model_name="representative",
            constraint=models.UniqueConstraint(
                fields=("patient", "user"), name="representative_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("user", "role"),
                name="role_held_once",
            ),
        ),
    ]
