import django.db.models.deletion
import fees.enums
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("fees", "0001_initial"),
        ("network", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="act",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="network.patient",
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="professional",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="network.professional",
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="rcp_file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="network.rcpfile",
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="fees.act",
            ),
        ),
        migrations.AddField(
            model_name="actstep",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="fees.act"
            ),
        ),
        migrations.AddField(
            model_name="actstep",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="grantedslot",
            name="act",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="granted_slot",
                to="fees.act",
            ),
        ),
        migrations.AddField(
            model_name="grantedslot",
            name="granted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="grantedslot",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="granted_slots",
                to="network.patient",
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="policy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="fees.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="tariffline",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="tariff",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="fees.tariffline",
            ),
        ),
        migrations.AddIndex(
            model_name="grantedslot",
            index=models.Index(fields=["patient", "cap", "window_from"], name="granted_for_window"),
        ),
        migrations.AddConstraint(
            model_name="grantedslot",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="granted_with_reason",
                violation_error_message="Écrivez le motif de cette décision.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(fields=("valid_from",), name="policy_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="policy_ends_after_start",
                violation_error_message="La lecture finit avant de commencer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="tariff_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="tariff_ends_after_start",
                violation_error_message="La ligne finit avant de commencer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffline",
            constraint=models.UniqueConstraint(
                fields=("kind", "valid_from"), name="tariff_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)), fields=("kind",), name="one_open_tariff"
            ),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
                fields=["professional", "-done_on", "-id"], name="act_of_professional"
            ),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(fields=["patient", "done_on"], name="act_of_patient"),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(fields=["state", "-done_on", "-id"], name="act_by_state"),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(fields=["-done_on", "-id"], name="act_by_day"),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
                condition=models.Q(
                    (
                        "decision__in",
                        [fees.enums.Decision["REFUSED"], fees.enums.Decision["TO_ARBITRATE"]],
                    )
                ),
                fields=["patient", "entered_at"],
                name="act_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ordinal__isnull", False)),
                fields=("patient", "cap", "window_from", "ordinal"),
                name="slot_held_once",
                violation_error_message="Cette place du plafond est déjà prise.",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ordinal", None),
                    models.Q(("ordinal__gte", 1), ("ordinal__lte", models.F("limit"))),
                    _connector="OR",
                ),
                name="slot_within_limit",
                violation_error_message="Le plafond est atteint.",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
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
                        models.Q(("kind__in", ["RCP-MT", "RCP-PARA"]), _negated=True),
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
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("kind__in", ["RCP-MT", "RCP-PARA"]), _negated=True),
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
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decision", ""),
                        ("state__in", [fees.enums.State["DRAFT"], fees.enums.State["CANCELLED"]]),
                    ),
                    models.Q(
                        ("decision", fees.enums.Decision["REFUSED"]),
                        ("state__in", [fees.enums.State["REFUSED"], fees.enums.State["CANCELLED"]]),
                    ),
                    models.Q(
                        ("decision", fees.enums.Decision["TO_ARBITRATE"]),
                        (
                            "state__in",
                            [fees.enums.State["SUBMITTED"], fees.enums.State["CANCELLED"]],
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
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount", 0),
                    models.Q(("amount__gt", 0), ("decision", fees.enums.Decision["ACCEPTED"])),
                    _connector="OR",
                ),
                name="only_accepted_act_is_worth",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.UniqueConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.UniqueConstraint(
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
        ),
    ]
