from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Act",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("request_id", models.UUIDField(unique=True)),
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
                ("cap", models.CharField(blank=True, max_length=12)),
                ("ordinal", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("limit", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("window_from", models.DateField(blank=True, null=True)),
                ("window_to", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "acte",
                "verbose_name_plural": "actes",
                "ordering": ("-done_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="ActStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
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
            },
        ),
        migrations.CreateModel(
            name="GrantedSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cap", models.CharField(max_length=12)),
                ("window_from", models.DateField()),
                ("granted_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    models.BooleanField(default=True, verbose_name="sans les salariés du réseau"),
                ),
                (
                    "follow_up_months",
                    models.PositiveSmallIntegerField(default=15, verbose_name="mois de suivi"),
                ),
            ],
            options={
                "verbose_name": "lecture du barème",
                "verbose_name_plural": "lectures du barème",
                "ordering": ("valid_from",),
            },
        ),
        migrations.CreateModel(
            name="TariffLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    models.DecimalField(decimal_places=2, max_digits=8, verbose_name="montant"),
                ),
                (
                    "limit",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="plafond"),
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
            },
        ),
    ]
