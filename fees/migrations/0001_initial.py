import django.db.models.deletion
import fees.enums
import portal.kit.encrypted
import portal.kit.migrations
from decimal import Decimal
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
                    name="TariffLine",
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
                        ("valid_from", models.DateField(verbose_name="du")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="au")),
                        (
                            "decision",
                            models.CharField(max_length=160, verbose_name="décision qui l’accorde"),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="saisi le"),
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("MED-BILAN", "Bilan de la douleur"),
                                    ("MED-REEVAL", "Réévaluation et liaison"),
                                    ("KINE-REMOB", "Remobilisation fonctionnelle"),
                                    ("PSY-SUIVI", "Suivi psychologique"),
                                    ("RCP-MT", "Présence en RCP, médecin traitant"),
                                    ("RCP-PARA", "Présence en RCP"),
                                ],
                                max_length=12,
                                verbose_name="acte",
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=8, verbose_name="montant"
                            ),
                        ),
                        (
                            "limit",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="plafond"
                            ),
                        ),
                        (
                            "limit_ald",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="plafond en ALD"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ligne du barème",
                        "verbose_name_plural": "barème",
                        "ordering": ("kind", "valid_from"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="tariff_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="tariff_ends_after_start",
                                violation_error_message="La ligne finit avant de commencer.",
                            ),
                            models.UniqueConstraint(
                                fields=("kind", "valid_from"), name="tariff_once_a_day"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid_to", None)),
                                fields=("kind",),
                                name="one_open_tariff",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PolicyVersion",
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
                        ("valid_from", models.DateField(verbose_name="du")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="au")),
                        (
                            "decision",
                            models.CharField(max_length=160, verbose_name="décision qui l’accorde"),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="saisi le"),
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
                            "doctor_cap",
                            models.CharField(
                                choices=[
                                    ("shared", "bilans et réévaluations partagent un plafond"),
                                    ("separate", "un plafond pour chaque acte"),
                                ],
                                max_length=10,
                                verbose_name="plafond des médecins",
                            ),
                        ),
                        (
                            "window",
                            models.CharField(
                                choices=[
                                    ("civil", "année civile"),
                                    ("inclusion", "année depuis l’inclusion"),
                                    ("follow_up", "durée du suivi"),
                                ],
                                max_length=10,
                                verbose_name="période du plafond",
                            ),
                        ),
                        (
                            "claim_days",
                            models.PositiveSmallIntegerField(
                                default=90, verbose_name="délai de saisie, en jours"
                            ),
                        ),
                        (
                            "plan_days",
                            models.PositiveSmallIntegerField(
                                default=30, verbose_name="délai de modification du PPS"
                            ),
                        ),
                        (
                            "min_professionals",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="professionnels présents"
                            ),
                        ),
                        (
                            "exclude_employees",
                            models.BooleanField(
                                default=True, verbose_name="sans les salariés du réseau"
                            ),
                        ),
                        (
                            "follow_up_months",
                            models.PositiveSmallIntegerField(
                                default=15, verbose_name="mois de suivi"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lecture du barème",
                        "verbose_name_plural": "lectures du barème",
                        "ordering": ("valid_from",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("valid_from",), name="policy_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="policy_ends_after_start",
                                violation_error_message="La lecture finit avant de commencer.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Batch",
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
                        ("number", models.PositiveIntegerField(unique=True, verbose_name="lot")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "À signer"),
                                    ("signed", "Signé"),
                                    ("dropped", "Abandonné"),
                                ],
                                default=fees.enums.BatchState["DRAFT"],
                                max_length=8,
                            ),
                        ),
                        ("prepared_at", models.DateTimeField()),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("execute_on", models.DateField(verbose_name="exécution le")),
                        (
                            "total",
                            models.DecimalField(
                                decimal_places=2, max_digits=12, verbose_name="total"
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
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=40)),
                        ("file", portal.kit.encrypted.EncryptedText(blank=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "verbose_name": "lot de paiement",
                        "ordering": ("-number",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", fees.enums.BatchState["DRAFT"])),
                                fields=("state",),
                                name="one_batch_to_sign",
                                violation_error_message="Un lot attend déjà d’être signé.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_by", None),
                                    models.Q(("signed_by", models.F("prepared_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="batch_signed_by_another",
                                violation_error_message="Une autre personne signe le lot.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("signed_by__isnull", False),
                                        ("state", fees.enums.BatchState["SIGNED"]),
                                        ("signed_at__isnull", False),
                                        models.Q(("sha256", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state", fees.enums.BatchState["SIGNED"]),
                                            _negated=True,
                                        ),
                                        ("sha256", ""),
                                        ("signed_at", None),
                                        ("signed_by", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="signed_batch_has_its_file",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Envelope",
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
                            "year",
                            models.PositiveSmallIntegerField(unique=True, verbose_name="année"),
                        ),
                        (
                            "decision",
                            models.CharField(max_length=120, verbose_name="décision de l’agence"),
                        ),
                        ("recorded_at", models.DateTimeField()),
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
                        "verbose_name": "enveloppe",
                        "ordering": ("-year",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
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
                        ("request_id", models.UUIDField(unique=True)),
                        (
                            "professional",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="network.professional",
                            ),
                        ),
                        ("month", models.DateField(verbose_name="mois")),
                        ("rank", models.PositiveSmallIntegerField()),
                        ("sent_at", models.DateTimeField(verbose_name="envoyée le")),
                        (
                            "sent_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "demande de paiement",
                        "verbose_name_plural": "demandes de paiement",
                        "ordering": ("-sent_at", "-pk"),
                        "indexes": [
                            models.Index(fields=["-sent_at", "-id"], name="claim_by_sending")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("professional", "month", "rank"), name="claim_of_month_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)), name="claim_is_for_a_month"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Closing",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                        ("month", models.PositiveSmallIntegerField(default=0, verbose_name="mois")),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("entries", models.PositiveIntegerField()),
                        ("last_entry", models.PositiveBigIntegerField(default=0)),
                        ("sha256", models.CharField(max_length=64)),
                        ("unsettled", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "verbose_name": "clôture",
                        "ordering": ("-until", "month"),
                        "indexes": [models.Index(fields=["until"], name="closing_until")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("year", "month"),
                                name="period_closed_once",
                                violation_error_message="Cette période est déjà close.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("month__lte", 12), ("until__gte", models.F("since"))
                                ),
                                name="closing_of_a_period",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ControlRun",
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
                        ("request_id", models.UUIDField(unique=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("query", models.CharField(blank=True, max_length=300)),
                        ("last", models.BigIntegerField()),
                        ("cursor", models.BigIntegerField(default=0)),
                        ("expected", models.PositiveIntegerField()),
                        ("validated", models.PositiveIntegerField(default=0)),
                        (
                            "validated_amount",
                            models.DecimalField(decimal_places=2, default=0, max_digits=12),
                        ),
                        ("held", models.PositiveIntegerField(default=0)),
                        (
                            "held_amount",
                            models.DecimalField(decimal_places=2, default=0, max_digits=12),
                        ),
                        ("left", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "validation de demandes",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("cursor__lte", models.F("last"))),
                                name="run_within_its_lines",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SpotRate",
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
                            "percent",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="part vérifiée, en %"
                            ),
                        ),
                        ("salt", portal.kit.encrypted.EncryptedText()),
                        ("decision", models.CharField(max_length=160, verbose_name="décision")),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part vérifiée après paiement",
                        "ordering": ("valid_from",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                                name="spot_rate_is_a_share",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Act",
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
                        ("request_id", models.UUIDField(unique=True)),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acts",
                                to="network.patient",
                            ),
                        ),
                        (
                            "professional",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acts",
                                to="network.professional",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("MED-BILAN", "Bilan de la douleur"),
                                    ("MED-REEVAL", "Réévaluation et liaison"),
                                    ("KINE-REMOB", "Remobilisation fonctionnelle"),
                                    ("PSY-SUIVI", "Suivi psychologique"),
                                    ("RCP-MT", "Présence en RCP, médecin traitant"),
                                    ("RCP-PARA", "Présence en RCP"),
                                ],
                                max_length=12,
                                verbose_name="acte",
                            ),
                        ),
                        ("done_on", models.DateField(verbose_name="fait le")),
                        (
                            "rcp_file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acts",
                                to="network.rcpfile",
                            ),
                        ),
                        (
                            "msp_declared",
                            models.BooleanField(
                                default=False, verbose_name="séance non facturée à Mon soutien psy"
                            ),
                        ),
                        ("entered_at", models.DateTimeField(verbose_name="noté le")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Brouillon"),
                                    ("submitted", "Soumis"),
                                    ("validated", "Validé"),
                                    ("in_batch", "En paiement"),
                                    ("paid", "Payé"),
                                    ("refused", "Refusé"),
                                    ("cancelled", "Annulé"),
                                    ("reversed", "Extourné"),
                                ],
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accepted", "accepté"),
                                    ("refused", "refusé"),
                                    ("to_arbitrate", "à arbitrer"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("decided_by_person", models.BooleanField(default=False)),
                        ("reasons", models.CharField(blank=True, max_length=200)),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0.00"),
                                max_digits=8,
                                verbose_name="montant",
                            ),
                        ),
                        (
                            "tariff",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="fees.tariffline",
                            ),
                        ),
                        (
                            "policy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="fees.policyversion",
                            ),
                        ),
                        ("cap", models.CharField(blank=True, max_length=12)),
                        ("ordinal", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("limit", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("window_from", models.DateField(blank=True, null=True)),
                        ("window_to", models.DateField(blank=True, null=True)),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="fees.act",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "acte",
                        "verbose_name_plural": "actes",
                        "ordering": ("-done_on", "-pk"),
                        "indexes": [
                            models.Index(
                                fields=["professional", "-done_on", "-id"],
                                name="act_of_professional",
                            ),
                            models.Index(fields=["patient", "done_on"], name="act_of_patient"),
                            models.Index(fields=["state", "-done_on", "-id"], name="act_by_state"),
                            models.Index(fields=["-done_on", "-id"], name="act_by_day"),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "decision__in",
                                        [
                                            fees.enums.Decision["REFUSED"],
                                            fees.enums.Decision["TO_ARBITRATE"],
                                        ],
                                    )
                                ),
                                fields=["patient", "entered_at"],
                                name="act_waiting",
                            ),
                            models.Index(
                                condition=models.Q(("decided_by_person", True)),
                                fields=["-entered_at"],
                                name="act_arbitrated",
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        (
                                            fees.enums.State["SUBMITTED"],
                                            fees.enums.State["VALIDATED"],
                                            fees.enums.State["IN_BATCH"],
                                        ),
                                    )
                                ),
                                fields=[
                                    "-done_on",
                                    "-id",
                                    "state",
                                    "decision",
                                    "kind",
                                    "professional",
                                    "reasons",
                                    "amount",
                                ],
                                name="act_under_way",
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        (
                                            fees.enums.State["SUBMITTED"],
                                            fees.enums.State["VALIDATED"],
                                            fees.enums.State["IN_BATCH"],
                                        ),
                                    )
                                ),
                                fields=["state", "decision", "amount"],
                                name="act_figures",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ordinal__isnull", False)),
                                fields=("patient", "cap", "window_from", "ordinal"),
                                name="slot_held_once",
                                violation_error_message="Cette place du plafond est déjà prise.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ordinal", None),
                                    models.Q(
                                        ("ordinal__gte", 1), ("ordinal__lte", models.F("limit"))
                                    ),
                                    _connector="OR",
                                ),
                                name="slot_within_limit",
                                violation_error_message="Le plafond est atteint.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decision", fees.enums.Decision["ACCEPTED"]),
                                        (
                                            "state__in",
                                            (
                                                fees.enums.State["SUBMITTED"],
                                                fees.enums.State["VALIDATED"],
                                                fees.enums.State["IN_BATCH"],
                                                fees.enums.State["PAID"],
                                            ),
                                        ),
                                        models.Q(
                                            ("kind__in", ["RCP-MT", "RCP-PARA"]), _negated=True
                                        ),
                                        models.Q(("cap", ""), _negated=True),
                                        ("ordinal__isnull", False),
                                        ("window_from__isnull", False),
                                    ),
                                    models.Q(
                                        ("decision", fees.enums.Decision["ACCEPTED"]),
                                        (
                                            "state__in",
                                            (
                                                fees.enums.State["SUBMITTED"],
                                                fees.enums.State["VALIDATED"],
                                                fees.enums.State["IN_BATCH"],
                                                fees.enums.State["PAID"],
                                            ),
                                        ),
                                        ("kind__in", ["RCP-MT", "RCP-PARA"]),
                                        ("cap", ""),
                                        ("ordinal", None),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("decision", fees.enums.Decision["ACCEPTED"]),
                                            (
                                                "state__in",
                                                (
                                                    fees.enums.State["SUBMITTED"],
                                                    fees.enums.State["VALIDATED"],
                                                    fees.enums.State["IN_BATCH"],
                                                    fees.enums.State["PAID"],
                                                ),
                                            ),
                                            _negated=True,
                                        ),
                                        ("ordinal", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="live_act_holds_its_slot",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(
                                            ("kind__in", ["RCP-MT", "RCP-PARA"]), _negated=True
                                        ),
                                        ("rcp_file", None),
                                    ),
                                    models.Q(
                                        ("kind__in", ["RCP-MT", "RCP-PARA"]),
                                        models.Q(
                                            models.Q(
                                                ("decision", fees.enums.Decision["ACCEPTED"]),
                                                (
                                                    "state__in",
                                                    (
                                                        fees.enums.State["SUBMITTED"],
                                                        fees.enums.State["VALIDATED"],
                                                        fees.enums.State["IN_BATCH"],
                                                        fees.enums.State["PAID"],
                                                    ),
                                                ),
                                                _negated=True,
                                            ),
                                            ("rcp_file__isnull", False),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="rcp_act_has_its_file",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decision", ""),
                                        (
                                            "state__in",
                                            [
                                                fees.enums.State["DRAFT"],
                                                fees.enums.State["CANCELLED"],
                                            ],
                                        ),
                                    ),
                                    models.Q(
                                        ("decision", fees.enums.Decision["REFUSED"]),
                                        (
                                            "state__in",
                                            [
                                                fees.enums.State["REFUSED"],
                                                fees.enums.State["CANCELLED"],
                                            ],
                                        ),
                                    ),
                                    models.Q(
                                        ("decision", fees.enums.Decision["TO_ARBITRATE"]),
                                        (
                                            "state__in",
                                            [
                                                fees.enums.State["SUBMITTED"],
                                                fees.enums.State["CANCELLED"],
                                            ],
                                        ),
                                    ),
                                    models.Q(
                                        ("decision", fees.enums.Decision["ACCEPTED"]),
                                        (
                                            "state__in",
                                            [
                                                fees.enums.State["SUBMITTED"],
                                                fees.enums.State["VALIDATED"],
                                                fees.enums.State["IN_BATCH"],
                                                fees.enums.State["PAID"],
                                                fees.enums.State["CANCELLED"],
                                                fees.enums.State["REVERSED"],
                                            ],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="act_state_agrees_with_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount", 0),
                                    models.Q(
                                        ("amount__gt", 0),
                                        ("decision", fees.enums.Decision["ACCEPTED"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="only_accepted_act_is_worth",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("decision", fees.enums.Decision["ACCEPTED"]),
                                    (
                                        "state__in",
                                        (
                                            fees.enums.State["SUBMITTED"],
                                            fees.enums.State["VALIDATED"],
                                            fees.enums.State["IN_BATCH"],
                                            fees.enums.State["PAID"],
                                        ),
                                    ),
                                    ("rcp_file", None),
                                ),
                                fields=("patient", "professional", "kind", "done_on"),
                                name="act_counted_once",
                                violation_error_message="Cet acte est déjà noté.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("decision", fees.enums.Decision["ACCEPTED"]),
                                    (
                                        "state__in",
                                        (
                                            fees.enums.State["SUBMITTED"],
                                            fees.enums.State["VALIDATED"],
                                            fees.enums.State["IN_BATCH"],
                                            fees.enums.State["PAID"],
                                        ),
                                    ),
                                    ("rcp_file__isnull", False),
                                ),
                                fields=("rcp_file", "professional"),
                                name="rcp_act_counted_once",
                                violation_error_message="Cette présence est déjà notée.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
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
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to="fees.batch",
                            ),
                        ),
                        (
                            "professional",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to="network.professional",
                            ),
                        ),
                        ("end_to_end", models.CharField(max_length=35, unique=True)),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=12, verbose_name="montant"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "Préparé"),
                                    ("sent", "Envoyé à la banque"),
                                    ("executed", "Payé"),
                                    ("rejected", "Rejeté par la banque"),
                                    ("returned", "Revenu"),
                                    ("dropped", "Retiré du lot"),
                                ],
                                default=fees.enums.TransferState["PREPARED"],
                                max_length=8,
                            ),
                        ),
                        ("holder", models.CharField(blank=True, max_length=70)),
                        ("last4", models.CharField(blank=True, max_length=4)),
                    ],
                    options={
                        "verbose_name": "virement",
                        "ordering": ("professional__last_name", "professional__first_name", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "professional"), name="one_transfer_each"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="transfer_pays_something",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ClosedAccount",
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
                            "closing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accounts",
                                to="fees.closing",
                            ),
                        ),
                        (
                            "account",
                            models.CharField(
                                choices=[
                                    ("agency", "agence"),
                                    ("envelope", "enveloppe"),
                                    ("due", "dû aux professionnels"),
                                    ("in_transit", "en cours de virement"),
                                    ("paid", "payé"),
                                    ("to_recover", "à récupérer"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("opening", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("given", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("taken", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("closing", "account"), name="account_closed_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ClosedKind",
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
                            "closing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kinds",
                                to="fees.closing",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("granted", "enveloppe accordée"),
                                    ("validated", "acte validé"),
                                    ("signed", "lot signé"),
                                    ("executed", "virement exécuté"),
                                    ("reversed", "acte extourné"),
                                    ("settled", "compensé sur un acte extourné"),
                                    ("recovered", "récupéré"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("entries", models.PositiveIntegerField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("mirrors", models.PositiveIntegerField()),
                        ("undone", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("closing", "kind"), name="kind_closed_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ActStep",
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
                            "act",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="fees.act",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
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
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Brouillon"),
                                    ("submitted", "Soumis"),
                                    ("validated", "Validé"),
                                    ("in_batch", "En paiement"),
                                    ("paid", "Payé"),
                                    ("refused", "Refusé"),
                                    ("cancelled", "Annulé"),
                                    ("reversed", "Extourné"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("decision", models.CharField(blank=True, max_length=12)),
                        ("reasons", models.CharField(blank=True, max_length=200)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=8)),
                        ("note", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "ordering": ("pk",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="GrantedSlot",
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
                            "act",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="granted_slot",
                                to="fees.act",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="granted_slots",
                                to="network.patient",
                            ),
                        ),
                        ("cap", models.CharField(max_length=12)),
                        ("window_from", models.DateField()),
                        ("granted_at", models.DateTimeField()),
                        (
                            "granted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["patient", "cap", "window_from"], name="granted_for_window"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="granted_with_reason",
                                violation_error_message="Écrivez le motif de cette décision.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TransferLine",
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
                            "transfer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="fees.transfer",
                            ),
                        ),
                        (
                            "act",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payment_lines",
                                to="fees.act",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("pays", "pays"), ("recovers", "recovers")], max_length=8
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=8)),
                        ("live", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("live", True)),
                                fields=("act", "kind"),
                                name="act_paid_by_one_transfer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="line_pays_something"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PaymentStep",
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
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="fees.batch",
                            ),
                        ),
                        (
                            "transfer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="fees.transfer",
                            ),
                        ),
                        (
                            "move",
                            models.CharField(
                                choices=[
                                    ("prepared", "prepared"),
                                    ("dropped", "dropped"),
                                    ("taken_out", "taken_out"),
                                    ("called", "called"),
                                    ("signed", "signed"),
                                    ("downloaded", "downloaded"),
                                    ("executed", "executed"),
                                    ("rejected", "rejected"),
                                    ("returned", "returned"),
                                ],
                                max_length=10,
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
                        ("note", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "ordering": ("pk",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="BookEntry",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("granted", "enveloppe accordée"),
                                    ("validated", "acte validé"),
                                    ("signed", "lot signé"),
                                    ("executed", "virement exécuté"),
                                    ("reversed", "acte extourné"),
                                    ("settled", "compensé sur un acte extourné"),
                                    ("recovered", "récupéré"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("agency", "agence"),
                                    ("envelope", "enveloppe"),
                                    ("due", "dû aux professionnels"),
                                    ("in_transit", "en cours de virement"),
                                    ("paid", "payé"),
                                    ("to_recover", "à récupérer"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("agency", "agence"),
                                    ("envelope", "enveloppe"),
                                    ("due", "dû aux professionnels"),
                                    ("in_transit", "en cours de virement"),
                                    ("paid", "payé"),
                                    ("to_recover", "à récupérer"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=12, verbose_name="montant"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="date comptable")),
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
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "act",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="fees.act",
                            ),
                        ),
                        (
                            "transfer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="fees.transfer",
                            ),
                        ),
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
                        (
                            "mirrors",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mirrored_by",
                                to="fees.bookentry",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "verbose_name": "écriture",
                        "ordering": ("pk",),
                        "indexes": [
                            models.Index(fields=["year", "kind"], name="entry_of_year"),
                            models.Index(fields=["on", "id"], name="entry_by_day"),
                            models.Index(
                                condition=models.Q(("kind", fees.enums.Entry["EXECUTED"])),
                                fields=["professional", "year"],
                                name="entry_executed",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("source", fees.enums.Account["ENVELOPE"]),
                                    ("target", fees.enums.Account["ENVELOPE"]),
                                    _connector="OR",
                                ),
                                fields=["year", "source", "target", "amount"],
                                name="entry_of_envelope",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="entry_moves_euros"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", models.F("target")), _negated=True),
                                name="entry_changes_account",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", fees.enums.Entry["GRANTED"]),
                                        ("mirrors", None),
                                        ("source", fees.enums.Account["AGENCY"]),
                                        ("target", fees.enums.Account["ENVELOPE"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["VALIDATED"]),
                                        ("mirrors", None),
                                        ("source", fees.enums.Account["ENVELOPE"]),
                                        ("target", fees.enums.Account["DUE"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["SIGNED"]),
                                        ("mirrors", None),
                                        ("source", fees.enums.Account["DUE"]),
                                        ("target", fees.enums.Account["IN_TRANSIT"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["EXECUTED"]),
                                        ("mirrors", None),
                                        ("source", fees.enums.Account["IN_TRANSIT"]),
                                        ("target", fees.enums.Account["PAID"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["REVERSED"]),
                                        ("mirrors", None),
                                        ("source", fees.enums.Account["PAID"]),
                                        ("target", fees.enums.Account["TO_RECOVER"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["RECOVERED"]),
                                        ("mirrors", None),
                                        ("source", fees.enums.Account["TO_RECOVER"]),
                                        ("target", fees.enums.Account["ENVELOPE"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["SETTLED"]),
                                        ("mirrors", None),
                                        ("source", fees.enums.Account["IN_TRANSIT"]),
                                        ("target", fees.enums.Account["PAID"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["GRANTED"]),
                                        ("mirrors__isnull", False),
                                        ("source", fees.enums.Account["ENVELOPE"]),
                                        ("target", fees.enums.Account["AGENCY"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["VALIDATED"]),
                                        ("mirrors__isnull", False),
                                        ("source", fees.enums.Account["DUE"]),
                                        ("target", fees.enums.Account["ENVELOPE"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["SIGNED"]),
                                        ("mirrors__isnull", False),
                                        ("source", fees.enums.Account["IN_TRANSIT"]),
                                        ("target", fees.enums.Account["DUE"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["EXECUTED"]),
                                        ("mirrors__isnull", False),
                                        ("source", fees.enums.Account["PAID"]),
                                        ("target", fees.enums.Account["IN_TRANSIT"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["REVERSED"]),
                                        ("mirrors__isnull", False),
                                        ("source", fees.enums.Account["TO_RECOVER"]),
                                        ("target", fees.enums.Account["PAID"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["RECOVERED"]),
                                        ("mirrors__isnull", False),
                                        ("source", fees.enums.Account["ENVELOPE"]),
                                        ("target", fees.enums.Account["TO_RECOVER"]),
                                    ),
                                    models.Q(
                                        ("kind", fees.enums.Entry["SETTLED"]),
                                        ("mirrors__isnull", False),
                                        ("source", fees.enums.Account["PAID"]),
                                        ("target", fees.enums.Account["IN_TRANSIT"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="entry_takes_its_route",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("act__isnull", False),
                                    (
                                        "kind__in",
                                        [
                                            fees.enums.Entry["VALIDATED"],
                                            fees.enums.Entry["REVERSED"],
                                        ],
                                    ),
                                    ("mirrors", None),
                                ),
                                fields=("act", "kind"),
                                name="entry_once_for_an_act",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("act__isnull", False),
                                    ("mirrors", None),
                                    ("transfer__isnull", False),
                                ),
                                fields=("act", "kind", "transfer"),
                                name="entry_once_for_a_line",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("kind", fees.enums.Entry["EXECUTED"]), ("mirrors", None)
                                ),
                                fields=("transfer",),
                                name="transfer_executed_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimLine",
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
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="fees.claim",
                            ),
                        ),
                        (
                            "act",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claim_lines",
                                to="fees.act",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=8)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("sent", "À contrôler"),
                                    ("held", "En attente de l’enveloppe"),
                                    ("admitted", "Validé"),
                                    ("returned", "Renvoyé au professionnel"),
                                    ("withdrawn", "Retiré"),
                                ],
                                default=fees.enums.LineState["SENT"],
                                max_length=9,
                            ),
                        ),
                        ("remarks", models.CharField(blank=True, max_length=300)),
                        ("outliers", models.JSONField(blank=True, default=dict)),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ("act__done_on", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", fees.enums.LineState["SENT"])),
                                fields=["claim", "remarks", "checked_at", "amount"],
                                name="line_in_queue",
                            ),
                            models.Index(
                                condition=models.Q(("state", fees.enums.LineState["HELD"])),
                                fields=["act"],
                                name="line_held",
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            fees.enums.LineState["SENT"],
                                            fees.enums.LineState["HELD"],
                                        ],
                                    )
                                ),
                                fields=["claim", "id"],
                                name="line_to_control",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        (
                                            fees.enums.LineState["SENT"],
                                            fees.enums.LineState["HELD"],
                                            fees.enums.LineState["ADMITTED"],
                                        ),
                                    )
                                ),
                                fields=("act",),
                                name="act_claimed_once",
                                violation_error_message="Le paiement de cet acte est déjà demandé.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="claim_line_is_worth"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SpotCheck",
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
                            "act",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="spot_check",
                                to="fees.act",
                            ),
                        ),
                        (
                            "rate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="fees.spotrate",
                            ),
                        ),
                        ("drawn_at", models.DateTimeField()),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[("right", "Conforme"), ("fault", "Anomalie")],
                                max_length=5,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
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
                        "verbose_name": "vérification après paiement",
                        "ordering": ("-drawn_at", "-pk"),
                        "indexes": [
                            models.Index(fields=["-drawn_at", "-id"], name="spot_check_by_draw")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("checked_at", None),
                                        ("checked_by", None),
                                        ("reason", ""),
                                        ("result", ""),
                                    ),
                                    models.Q(
                                        ("checked_at__isnull", False),
                                        ("checked_by__isnull", False),
                                        ("result", fees.enums.SpotResult["RIGHT"]),
                                    ),
                                    models.Q(
                                        ("checked_at__isnull", False),
                                        ("checked_by__isnull", False),
                                        ("result", fees.enums.SpotResult["FAULT"]),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="spot_check_has_author_and_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimStep",
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="fees.claimline",
                            ),
                        ),
                        (
                            "move",
                            models.CharField(
                                choices=[
                                    ("sent", "sent"),
                                    ("held", "held"),
                                    ("admitted", "admitted"),
                                    ("returned", "returned"),
                                    ("withdrawn", "withdrawn"),
                                    ("recalled", "recalled"),
                                ],
                                max_length=9,
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
                        ("note", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "ordering": ("pk",),
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
