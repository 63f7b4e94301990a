import fees.enums
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fees", "0004_schedule"),
        ("network", "0002_journal_append_only"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
                condition=models.Q(("decided_by_person", True)),
                fields=["-entered_at"],
                name="act_arbitrated",
            ),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
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
        ),
    ]
