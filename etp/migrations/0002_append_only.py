"""What is written here once stays as written."""

from django.db import migrations

from portal.kit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("etp", "0001_initial")]
    operations = [
        append_only("etp_placestep"),
        append_only("etp_objectiverating"),
    ]
