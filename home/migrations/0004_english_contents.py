"""English beside French for contents, and the button « Traduire » for those who write them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUPS = ("Rédaction", "Direction médicale")


def open_translation(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("wagtailcore.Locale").objects.get_or_create(language_code="en")
    kind, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="simple_translation", model="simpletranslation"
    )
    # made now when Django has not made it yet (it does after the migrations)
    submit, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=kind,
        codename="submit_translation",
        defaults={"name": "Can submit translations"},
    )
    for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
        group.permissions.add(submit)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_training_review"),
        ("simple_translation", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(open_translation, migrations.RunPython.noop)]
