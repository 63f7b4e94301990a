"""Editors and the medical direction write the directory: structures and resources."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUPS = ("Rédaction", "Direction médicale")
MODELS = ("structure", "resource")
VERBS = ("add", "change", "delete", "view")


def let_write(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    groups = list(apps.get_model("auth.Group").objects.filter(name__in=GROUPS))
    for model in MODELS:
        kind, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
            app_label="network", model=model
        )
        for verb in VERBS:
            right, _ = apps.get_model("auth.Permission").objects.get_or_create(
                content_type=kind,
                codename=f"{verb}_{model}",
                defaults={"name": f"Can {verb} {model}"},
            )
            for group in groups:
                group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [("home", "0004_english_contents"), ("network", "0010_directory")]
    operations = [migrations.RunPython(let_write, migrations.RunPython.noop)]
