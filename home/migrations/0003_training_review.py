"""The two readings before what is taught is published, and who may touch the cards it quotes.

The workflow is laid here and not in the training room, because the groups are this room's.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EDITORS, MEDICAL = "Rédaction", "Direction médicale"
WORKFLOW = "Visa scientifique, puis relecture éditoriale"  # `training.actions.editing`
SCIENTIFIC, EDITORIAL = "Relecture scientifique", "Relecture éditoriale"
SNIPPETS = ("evidencecard", "clinicaltool", "expert", "objective")
VERBS = ("add", "change", "publish", "lock")


def content_type(apps: Apps, app: str, model: str) -> object:
    """The type, made now when Django has not made it yet (it does after the migrations)."""
    found, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    return found


def permission(apps: Apps, model: str, codename: str) -> object:
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type(apps, "training", model),
        codename=codename,
        defaults={"name": f"Can {codename.replace('_', ' ')}"},
    )
    return found


def lay_review(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    groups = apps.get_model("auth.Group").objects
    editors, medical = groups.get(name=EDITORS), groups.get(name=MEDICAL)
    for group in (editors, medical):
        for model in SNIPPETS:
            group.permissions.add(*(permission(apps, model, f"{v}_{model}") for v in VERBS))
    medical.permissions.add(*(permission(apps, model, f"unlock_{model}") for model in SNIPPETS))

    scientific = apps.get_model("training.ScientificReview").objects.create(
        name=SCIENTIFIC, content_type=content_type(apps, "training", "scientificreview")
    )
    scientific.groups.add(medical)
    editorial = apps.get_model("training.EditorialReview").objects.create(
        name=EDITORIAL, content_type=content_type(apps, "training", "editorialreview")
    )
    editorial.groups.add(editors)
    workflow = apps.get_model("wagtailcore.Workflow").objects.create(name=WORKFLOW)
    steps = apps.get_model("wagtailcore.WorkflowTask").objects
    for order, task in enumerate((scientific, editorial)):
        steps.create(workflow=workflow, task_id=task.pk, sort_order=order)
    attached = apps.get_model("wagtailcore.WorkflowContentType").objects
    for model in SNIPPETS:
        attached.create(content_type=content_type(apps, "training", model), workflow=workflow)


class Migration(migrations.Migration):
    dependencies = [("home", "0002_editor_groups"), ("training", "0001_initial")]
    operations = [migrations.RunPython(lay_review, migrations.RunPython.noop)]
