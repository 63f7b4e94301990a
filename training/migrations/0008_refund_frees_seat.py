import training.enums
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0007_surveys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="cardrefund",
            name="frees_seat",
            field=models.BooleanField(default=False, verbose_name="libère la place"),
        ),
        migrations.AlterField(
            model_name="cardrefund",
            name="cause",
            field=models.CharField(
                choices=[
                    ("people", "demandé et confirmé par deux personnes"),
                    ("late", "payé trop tard, plus de place"),
                    ("given_up", "inscription annulée"),
                    ("called_off", "rencontre annulée"),
                    ("elsewhere", "ordonné hors du portail"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="cardrefund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("frees_seat", False),
                    ("cause", training.enums.RefundCause["PEOPLE"]),
                    _connector="OR",
                ),
                name="refund_frees_a_seat_by_people",
            ),
        ),
    ]
