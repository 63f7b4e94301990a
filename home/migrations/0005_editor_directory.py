"""Editors and the medical direction write the sheets of the directory."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUPS = ("Rédaction", "Direction médicale")
VERBS = ("add", "change", "delete", "view")


def let_write(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    kind, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="network", model="structure"
    )
    rights = [
        apps.get_model("auth.Permission").objects.get_or_create(
            content_type=kind,
            codename=f"{verb}_structure",
            defaults={"name": f"Can {verb} structure"},
        )[0]
        for verb in VERBS
    ]
    for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*rights)


class Migration(migrations.Migration):
    dependencies = [("home", "0004_english_contents"), ("network", "0009_directory")]
    operations = [migrations.RunPython(let_write, migrations.RunPython.noop)]
