"""Editors and the medical direction write telephone lines; no right of theirs gives a number."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUPS = ("Rédaction", "Direction médicale")
VERBS = ("add", "change", "delete", "view")


def let_write(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    groups = list(apps.get_model("auth.Group").objects.filter(name__in=GROUPS))
    kind, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="network", model="phoneline"
    )
    for verb in VERBS:
        right, _ = apps.get_model("auth.Permission").objects.get_or_create(
            content_type=kind,
            codename=f"{verb}_phoneline",
            defaults={"name": f"Can {verb} phoneline"},
        )
        for group in groups:
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [("home", "0005_editor_directory"), ("network", "0011_phone_lines")]
    operations = [migrations.RunPython(let_write, migrations.RunPython.noop)]
