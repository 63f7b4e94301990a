"""What is written here once stays as written."""

from django.db import migrations

from portal.kit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("network", "0002_people_and_care")]
    operations = [
        append_only("network_journalentry"),
        append_only("network_pathwaystep"),
        append_only("network_evaluationaddendum"),
        append_only("network_contactattempt"),
        append_only("network_planagreement"),
    ]
