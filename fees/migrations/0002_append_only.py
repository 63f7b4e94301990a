"""What is written here once stays as written."""

from django.db import migrations

from portal.kit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("fees", "0001_initial")]
    operations = [
        append_only("fees_actstep"),
        append_only("fees_bookentry"),
        append_only("fees_paymentstep"),
        append_only("fees_claimstep"),
        append_only("fees_closing"),
        append_only("fees_closedaccount"),
        append_only("fees_closedkind"),
    ]
