"""Who may do what in the editor: three groups, filled from the roles by `home.actions.editors`.

Wagtail's own « Editors » and its « Moderators » workflow give place to them.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EDITORS, MEDICAL, SITE = "Rédaction", "Direction médicale", "Administration du site"
WRITING = (("images", "image"), ("docs", "document"))
REVIEW = "Relecture médicale"


def permission(apps: Apps, app: str, model: str, codename: str) -> object:
    """The permission, made now when Django has not made it yet (it does after the migrations)."""
    kind, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )
    return found


def make_groups(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    groups = apps.get_model("auth.Group").objects
    groups.filter(name="Editors").delete()
    groups.filter(name="Moderators").update(name=MEDICAL)
    door = permission(apps, "wagtailadmin", "admin", "access_admin")
    for name in (EDITORS, MEDICAL):
        group, _ = groups.get_or_create(name=name)
        group.permissions.set([door])
        let_write(apps, group)
    site, _ = groups.get_or_create(name=SITE)
    redirects = [
        permission(apps, "wagtailredirects", "redirect", f"{verb}_redirect")
        for verb in ("add", "change", "delete")
    ]
    site.permissions.set([door, permission(apps, "wagtailcore", "site", "change_site"), *redirects])
    rename_review(apps)


def let_write(apps: Apps, group: object) -> None:
    """All pages, documents and images; nobody's account, no setting."""
    page_rights = apps.get_model("wagtailcore.GroupPagePermission").objects
    page_rights.filter(group=group).delete()
    root = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    for verb in ("add", "change", "publish"):
        page_rights.create(
            group=group,
            page=root,
            permission=permission(apps, "wagtailcore", "page", f"{verb}_page"),
        )
    collection_rights = apps.get_model("wagtailcore.GroupCollectionPermission").objects
    collection_rights.filter(group=group).delete()
    collection = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for room, model in WRITING:
        for verb in ("add", "change", "choose"):
            collection_rights.create(
                group=group,
                collection=collection,
                permission=permission(apps, f"wagtail{room}", model, f"{verb}_{model}"),
            )


def rename_review(apps: Apps) -> None:
    """An editor publishes alone, or asks the medical director to read first."""
    for model in ("Workflow", "Task"):
        rows = apps.get_model(f"wagtailcore.{model}").objects
        rows.filter(name="Moderators approval").update(name=REVIEW)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
