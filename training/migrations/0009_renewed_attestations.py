from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0008_versions_in_each_language")]
    operations = [
        migrations.RemoveConstraint("attestation", "one_standing_attestation"),
        migrations.AddField("attestation", "renewed_on", models.DateField(blank=True, null=True)),
        migrations.AddConstraint(
            "attestation",
            models.UniqueConstraint(
                fields=["learner", "module_key"],
                condition=models.Q(revoked_at=None, renewed_on=None),
                name="one_standing_attestation",
            ),
        ),
    ]
