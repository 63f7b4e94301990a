import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.kit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("fees", "0007_payments_frozen"),
        ("network", "0015_referrals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("request_id", models.UUIDField(unique=True)),
                ("month", models.DateField(verbose_name="mois")),
                ("rank", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField(verbose_name="envoyée le")),
                (
                    "professional",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="network.professional",
                    ),
                ),
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
            },
        ),
        migrations.CreateModel(
            name="ClaimLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        default="sent",
                        max_length=9,
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
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="fees.claim",
                    ),
                ),
            ],
            options={
                "ordering": ("act__done_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ClaimStep",
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
                            ("sent", "sent"),
                            ("held", "held"),
                            ("admitted", "admitted"),
                            ("returned", "returned"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=500)),
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
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="fees.claimline",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["-sent_at", "-id"], name="claim_by_sending"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                fields=("professional", "month", "rank"), name="claim_of_month_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="claim_is_for_a_month"
            ),
        ),
        migrations.AddIndex(
            model_name="claimline",
            index=models.Index(
                condition=models.Q(("state__in", ["sent", "held"])),
                fields=["claim", "id"],
                name="line_to_control",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("sent", "held", "admitted"))),
                fields=("act",),
                name="act_claimed_once",
                violation_error_message="Le paiement de cet acte est déjà demandé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="claim_line_is_worth"
            ),
        ),
        append_only("fees_claimstep"),
    ]
