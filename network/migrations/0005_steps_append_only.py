from django.db import migrations

from portal.kit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("network", "0004_pathway_steps")]
    operations = [append_only("network_pathwaystep")]
