"""The fee table in force when the portal opens, read from the same file as `price_acts`."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from fees.tariffs import read_tariffs

START = date(2006, 4, 1)


def load(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    line = apps.get_model("fees", "TariffLine")
    for tariff in read_tariffs():
        line.objects.create(
            kind=tariff.kind.value,
            amount=tariff.amount,
            limit=tariff.limit,
            limit_ald=tariff.limit_ald,
            valid_from=tariff.valid_from,
            valid_to=tariff.valid_to,
            decision=tariff.decision,
        )
    apps.get_model("fees", "PolicyVersion").objects.create(
        doctor_cap="shared",
        window="civil",
        valid_from=START,
        decision="Lecture par défaut du réseau",
    )


class Migration(migrations.Migration):
    dependencies = [("fees", "0002_append_only")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
