from django.db import migrations

from portal.kit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("fees", "0002_initial")]
    operations = [append_only("fees_actstep")]
