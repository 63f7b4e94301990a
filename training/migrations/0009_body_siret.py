import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0008_refund_frees_seat"),
    ]

    operations = [
        migrations.AddField(
            model_name="trainingbody",
            name="siret",
            field=models.CharField(
                blank=True,
                help_text="Quatorze chiffres, imprimés sur les factures.",
                max_length=14,
                validators=[
                    django.core.validators.RegexValidator(
                        "^\\d{14}$", "Quatorze chiffres, sans espace."
                    )
                ],
                verbose_name="SIRET",
            ),
        ),
    ]
