"""Each page keeps its versions and its answers in its own language; French ones keep their key."""

from uuid import uuid4, uuid5

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PAGES = ("vignettepage", "modulepage", "lessonpage")


def give_lines(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for name in PAGES:
        for page in apps.get_model("training", name).objects.select_related("locale"):
            key, language = page.translation_key, page.locale.language_code
            page.line = key if language == settings.LANGUAGE_CODE else uuid5(key, language)
            page.save(update_fields=["line"])


class Migration(migrations.Migration):
    dependencies = [("training", "0007_order_of_fields_in_steps")]
    operations = [
        *(
            migrations.AddField(
                name, "line", models.UUIDField(editable=False, null=True, default=None)
            )
            for name in PAGES
        ),
        migrations.RunPython(give_lines, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                name, "line", models.UUIDField(editable=False, unique=True, default=uuid4)
            )
            for name in PAGES
        ),
    ]
