"""What is written here once stays as written."""

from django.db import migrations

from portal.kit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]
    operations = [
        append_only("training_answer"),
        append_only("training_caseversion"),
        append_only("training_itemversion"),
        append_only("training_caseitem"),
        append_only("training_signoff"),
    ]
