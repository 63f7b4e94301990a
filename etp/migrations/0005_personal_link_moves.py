"""The personal link belongs to the room of people and care: the same table, under its name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("etp", "0004_closed_assessment_stays"), ("network", "0012_personal_link")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable(name="personallink", table="network_personallink")
            ],
            state_operations=[migrations.DeleteModel(name="PersonalLink")],
        )
    ]
