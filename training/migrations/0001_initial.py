import django.db.models.deletion
import modelsearch.index
import portal.kit.migrations
import training.enums
import training.models.previews
import uuid
import wagtail.fields
import wagtail.models.preview
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0002_people_and_care"),
    ]

    operations = [
        portal.kit.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="TrainingBody",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=160, verbose_name="nom de l’organisme"),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=240, verbose_name="adresse"),
                        ),
                        (
                            "signatory",
                            models.CharField(
                                help_text="Nom et fonction, tels qu’ils sont imprimés.",
                                max_length=160,
                                verbose_name="signataire",
                            ),
                        ),
                        (
                            "declaration",
                            models.CharField(
                                blank=True,
                                help_text="NDA, donné par la préfecture de région.",
                                max_length=40,
                                verbose_name="numéro de déclaration d’activité",
                            ),
                        ),
                        (
                            "qualiopi",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="certificat Qualiopi"
                            ),
                        ),
                        (
                            "odpc",
                            models.CharField(
                                blank=True,
                                help_text="Sans lui, et sans numéro d’action dans le module, aucune attestation ne parle de DPC.",
                                max_length=40,
                                verbose_name="numéro d’organisme de DPC",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organisme de formation",
                        "verbose_name_plural": "organisme de formation",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pk", 1)), name="one_training_body"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SignOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.UUIDField()),
                        ("content_hash", models.CharField(max_length=64)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "visa scientifique",
                        "verbose_name_plural": "visas scientifiques",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "content_hash"), name="content_signed_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceCard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "locale",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="wagtailcore.locale",
                                verbose_name="locale",
                            ),
                        ),
                        (
                            "latest_revision",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                                verbose_name="latest revision",
                            ),
                        ),
                        (
                            "live",
                            models.BooleanField(default=True, editable=False, verbose_name="live"),
                        ),
                        (
                            "has_unpublished_changes",
                            models.BooleanField(
                                default=False,
                                editable=False,
                                verbose_name="has unpublished changes",
                            ),
                        ),
                        (
                            "first_published_at",
                            models.DateTimeField(
                                blank=True,
                                db_index=True,
                                null=True,
                                verbose_name="first published at",
                            ),
                        ),
                        (
                            "last_published_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="last published at"
                            ),
                        ),
                        (
                            "live_revision",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                                verbose_name="live revision",
                            ),
                        ),
                        (
                            "go_live_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="go live date/time"
                            ),
                        ),
                        (
                            "expire_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="expiry date/time"
                            ),
                        ),
                        (
                            "expired",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="expired"
                            ),
                        ),
                        (
                            "locked",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="locked"
                            ),
                        ),
                        (
                            "locked_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="locked at"
                            ),
                        ),
                        (
                            "locked_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="locked_%(class)ss",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="locked by",
                            ),
                        ),
                        (
                            "claim",
                            models.CharField(max_length=240, verbose_name="ce qui est affirmé"),
                        ),
                        (
                            "figure",
                            models.CharField(blank=True, max_length=60, verbose_name="chiffre"),
                        ),
                        (
                            "population",
                            models.CharField(blank=True, max_length=200, verbose_name="population"),
                        ),
                        ("reference", models.CharField(max_length=300, verbose_name="référence")),
                        (
                            "identifier",
                            models.CharField(
                                blank=True,
                                help_text="Vérifié dans la revue ou sur le site officiel.",
                                max_length=120,
                                verbose_name="DOI ou identifiant officiel",
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("high", "preuve forte"),
                                    ("moderate", "preuve modérée"),
                                    ("low", "preuve faible"),
                                    ("consensus", "accord d’experts"),
                                    ("none", "non gradée"),
                                ],
                                default="none",
                                max_length=10,
                                verbose_name="force de la preuve",
                            ),
                        ),
                        (
                            "published",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="date de la source"
                            ),
                        ),
                        (
                            "freshness",
                            models.CharField(
                                choices=[
                                    ("as_presented", "chiffre présenté à l’origine"),
                                    ("updated", "mise à jour"),
                                ],
                                default="as_presented",
                                max_length=12,
                                verbose_name="actualité",
                            ),
                        ),
                        (
                            "updates",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="updated_by",
                                to="training.evidencecard",
                                verbose_name="met à jour",
                            ),
                        ),
                        (
                            "conflicts",
                            models.TextField(
                                blank=True,
                                help_text="Ce qu’une autre source dit autrement, et laquelle.",
                                max_length=400,
                                verbose_name="désaccord entre sources",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_verify", "à vérifier"),
                                    ("signed", "relue et signée"),
                                ],
                                default="to_verify",
                                editable=False,
                                max_length=10,
                                verbose_name="état",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="signée par",
                            ),
                        ),
                        (
                            "signed_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="signée le"
                            ),
                        ),
                        ("review_on", models.DateField(verbose_name="à relire avant le")),
                    ],
                    options={
                        "verbose_name": "fiche de preuve",
                        "verbose_name_plural": "fiches de preuve",
                        "ordering": ("claim", "pk"),
                        "unique_together": {("translation_key", "locale")},
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("signed_by", None),
                                        ("signed_on", None),
                                        ("state", training.enums.CardState["TO_VERIFY"]),
                                    ),
                                    models.Q(
                                        ("signed_by__isnull", False),
                                        ("signed_on__isnull", False),
                                        ("state", training.enums.CardState["SIGNED"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="signed_card_says_by_whom",
                            )
                        ],
                        "indexes": [],
                    },
                    bases=(
                        wagtail.models.preview.PreviewableMixin,
                        modelsearch.index.Indexed,
                        models.Model,
                    ),
                ),
                migrations.CreateModel(
                    name="ClinicalTool",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "locale",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="wagtailcore.locale",
                                verbose_name="locale",
                            ),
                        ),
                        (
                            "latest_revision",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                                verbose_name="latest revision",
                            ),
                        ),
                        (
                            "live",
                            models.BooleanField(default=True, editable=False, verbose_name="live"),
                        ),
                        (
                            "has_unpublished_changes",
                            models.BooleanField(
                                default=False,
                                editable=False,
                                verbose_name="has unpublished changes",
                            ),
                        ),
                        (
                            "first_published_at",
                            models.DateTimeField(
                                blank=True,
                                db_index=True,
                                null=True,
                                verbose_name="first published at",
                            ),
                        ),
                        (
                            "last_published_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="last published at"
                            ),
                        ),
                        (
                            "live_revision",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                                verbose_name="live revision",
                            ),
                        ),
                        (
                            "go_live_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="go live date/time"
                            ),
                        ),
                        (
                            "expire_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="expiry date/time"
                            ),
                        ),
                        (
                            "expired",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="expired"
                            ),
                        ),
                        (
                            "locked",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="locked"
                            ),
                        ),
                        (
                            "locked_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="locked at"
                            ),
                        ),
                        (
                            "locked_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="locked_%(class)ss",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="locked by",
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="nom")),
                        (
                            "purpose",
                            models.CharField(max_length=240, verbose_name="à quoi il sert"),
                        ),
                        (
                            "score_rule",
                            models.CharField(
                                help_text="Nombre d’items, seuils : des faits.",
                                max_length=240,
                                verbose_name="règle du score",
                            ),
                        ),
                        ("reference", models.CharField(max_length=300, verbose_name="référence")),
                        (
                            "holder",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="titulaire des droits"
                            ),
                        ),
                        (
                            "official_link",
                            models.URLField(blank=True, verbose_name="site officiel"),
                        ),
                        (
                            "licensed_until",
                            models.DateField(
                                blank=True,
                                help_text="Vide : pas de licence, le texte reste vide.",
                                null=True,
                                verbose_name="licence valable jusqu’au",
                            ),
                        ),
                        ("items", models.TextField(blank=True, verbose_name="texte sous licence")),
                    ],
                    options={
                        "verbose_name": "outil clinique",
                        "verbose_name_plural": "outils cliniques",
                        "ordering": ("title", "pk"),
                        "unique_together": {("translation_key", "locale")},
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("items", ""),
                                    ("licensed_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="tool_text_needs_licence",
                                violation_error_message="Sans licence, le texte de l’outil reste vide.",
                            )
                        ],
                        "indexes": [],
                    },
                    bases=(
                        wagtail.models.preview.PreviewableMixin,
                        modelsearch.index.Indexed,
                        models.Model,
                    ),
                ),
                migrations.CreateModel(
                    name="Expert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "locale",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="wagtailcore.locale",
                                verbose_name="locale",
                            ),
                        ),
                        (
                            "latest_revision",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                                verbose_name="latest revision",
                            ),
                        ),
                        (
                            "live",
                            models.BooleanField(default=True, editable=False, verbose_name="live"),
                        ),
                        (
                            "has_unpublished_changes",
                            models.BooleanField(
                                default=False,
                                editable=False,
                                verbose_name="has unpublished changes",
                            ),
                        ),
                        (
                            "first_published_at",
                            models.DateTimeField(
                                blank=True,
                                db_index=True,
                                null=True,
                                verbose_name="first published at",
                            ),
                        ),
                        (
                            "last_published_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="last published at"
                            ),
                        ),
                        (
                            "live_revision",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                                verbose_name="live revision",
                            ),
                        ),
                        (
                            "go_live_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="go live date/time"
                            ),
                        ),
                        (
                            "expire_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="expiry date/time"
                            ),
                        ),
                        (
                            "expired",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="expired"
                            ),
                        ),
                        (
                            "locked",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="locked"
                            ),
                        ),
                        (
                            "locked_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="locked at"
                            ),
                        ),
                        (
                            "locked_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="locked_%(class)ss",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="locked by",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="nom ou fonction")),
                        (
                            "function",
                            models.CharField(blank=True, max_length=160, verbose_name="fonction"),
                        ),
                        (
                            "interests",
                            models.TextField(
                                help_text="« Aucun », ou lesquels.",
                                max_length=600,
                                verbose_name="liens d’intérêts déclarés",
                            ),
                        ),
                        (
                            "declared_on",
                            models.DateField(blank=True, null=True, verbose_name="déclarés le"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="experts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="compte dans le portail",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "expert",
                        "verbose_name_plural": "experts",
                        "ordering": ("name", "pk"),
                        "unique_together": {("translation_key", "locale")},
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(
                        wagtail.models.preview.PreviewableMixin,
                        modelsearch.index.Indexed,
                        models.Model,
                    ),
                ),
                migrations.CreateModel(
                    name="Objective",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "locale",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="wagtailcore.locale",
                                verbose_name="locale",
                            ),
                        ),
                        (
                            "latest_revision",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                                verbose_name="latest revision",
                            ),
                        ),
                        (
                            "live",
                            models.BooleanField(default=True, editable=False, verbose_name="live"),
                        ),
                        (
                            "has_unpublished_changes",
                            models.BooleanField(
                                default=False,
                                editable=False,
                                verbose_name="has unpublished changes",
                            ),
                        ),
                        (
                            "first_published_at",
                            models.DateTimeField(
                                blank=True,
                                db_index=True,
                                null=True,
                                verbose_name="first published at",
                            ),
                        ),
                        (
                            "last_published_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="last published at"
                            ),
                        ),
                        (
                            "live_revision",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="wagtailcore.revision",
                                verbose_name="live revision",
                            ),
                        ),
                        (
                            "go_live_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="go live date/time"
                            ),
                        ),
                        (
                            "expire_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="expiry date/time"
                            ),
                        ),
                        (
                            "expired",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="expired"
                            ),
                        ),
                        (
                            "locked",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="locked"
                            ),
                        ),
                        (
                            "locked_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="locked at"
                            ),
                        ),
                        (
                            "locked_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="locked_%(class)ss",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="locked by",
                            ),
                        ),
                        ("text", models.CharField(max_length=200, verbose_name="objectif")),
                    ],
                    options={
                        "verbose_name": "objectif pédagogique",
                        "verbose_name_plural": "objectifs pédagogiques",
                        "ordering": ("text", "pk"),
                        "unique_together": {("translation_key", "locale")},
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(
                        wagtail.models.preview.PreviewableMixin,
                        modelsearch.index.Indexed,
                        models.Model,
                    ),
                ),
                migrations.CreateModel(
                    name="WebinarIndexPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                        (
                            "intro",
                            models.TextField(
                                blank=True, max_length=400, verbose_name="introduction"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agenda",
                        "verbose_name_plural": "agendas",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="WebinarPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                        (
                            "theme",
                            models.CharField(
                                help_text="Une ligne, dans l’agenda.",
                                max_length=120,
                                verbose_name="thème",
                            ),
                        ),
                        (
                            "held_on",
                            models.DateField(
                                help_text="Date encore inconnue\u202f? Choisissez un jour du mois et décochez «\xa0date fixée\xa0».",
                                verbose_name="date",
                            ),
                        ),
                        (
                            "date_known",
                            models.BooleanField(default=True, verbose_name="date fixée"),
                        ),
                        (
                            "starts_at",
                            models.TimeField(blank=True, null=True, verbose_name="heure de début"),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                default=60, verbose_name="durée en minutes"
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("professionals", "ouvert à tous les soignants"),
                                    ("doctors", "réservé aux médecins"),
                                    ("everybody", "ouvert à tous"),
                                ],
                                default="professionals",
                                max_length=14,
                                verbose_name="public",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("video", "en visioconférence"),
                                    ("on_site", "sur place"),
                                    ("both", "sur place et en visioconférence"),
                                ],
                                default="video",
                                max_length=8,
                                verbose_name="participation",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=160, verbose_name="lieu"),
                        ),
                        ("introduction", models.TextField(max_length=600, verbose_name="résumé")),
                        (
                            "programme",
                            wagtail.fields.RichTextField(blank=True, verbose_name="programme"),
                        ),
                        (
                            "speakers",
                            wagtail.fields.StreamField(
                                [("speaker", 0)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Fonction", "max_length": 120},
                                    )
                                },
                                help_text="Par fonction\xa0: «\xa0un médecin du travail\xa0».",
                                verbose_name="intervenants",
                            ),
                        ),
                        (
                            "resources",
                            wagtail.fields.StreamField(
                                [("document", 2), ("link", 4)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Intitulé", "max_length": 120},
                                    ),
                                    1: (
                                        "wagtail.documents.blocks.DocumentChooserBlock",
                                        (),
                                        {"label": "Document"},
                                    ),
                                    2: (
                                        "wagtail.blocks.StructBlock",
                                        [[("label", 0), ("document", 1)]],
                                        {},
                                    ),
                                    3: ("wagtail.blocks.URLBlock", (), {"label": "Adresse"}),
                                    4: (
                                        "wagtail.blocks.StructBlock",
                                        [[("label", 0), ("address", 3)]],
                                        {},
                                    ),
                                },
                                verbose_name="ressources",
                            ),
                        ),
                        (
                            "registration",
                            models.TextField(
                                blank=True,
                                help_text="Comment participer.",
                                max_length=400,
                                verbose_name="inscription",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webinaire ou journée",
                        "verbose_name_plural": "webinaires et journées",
                        "indexes": [models.Index(fields=["held_on"], name="webinar_by_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("date_known", True), ("starts_at", None), _connector="OR"
                                ),
                                name="webinar_without_date_has_no_hour",
                                violation_error_message="Sans date fixée, n’annoncez pas d’heure.",
                            )
                        ],
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="TrainingIndexPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                        (
                            "intro",
                            models.TextField(
                                blank=True, max_length=400, verbose_name="introduction"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "catalogue de formation",
                        "verbose_name_plural": "catalogues de formation",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="VignettePage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                        ("line", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "review_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="à relire avant le"
                            ),
                        ),
                        (
                            "lede",
                            models.TextField(
                                help_text="Visible de tous : rien qui donne la réponse.",
                                max_length=400,
                                verbose_name="résumé public",
                            ),
                        ),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("basics", "Bases de la douleur chronique"),
                                    ("neuropathic", "Douleur neuropathique"),
                                    ("fibromyalgia", "Fibromyalgie"),
                                    ("pelvic", "Douleur pelvienne, endométriose"),
                                    ("back", "Mal de dos"),
                                    ("headache", "Céphalées"),
                                    ("joint", "Douleur articulaire"),
                                    ("long_covid", "Covid long"),
                                    ("work", "Travail"),
                                ],
                                default="basics",
                                max_length=12,
                                verbose_name="thème",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("professionals", "ouvert à tous les soignants"),
                                    ("doctors", "réservé aux médecins"),
                                    ("everybody", "ouvert à tous"),
                                ],
                                default="professionals",
                                max_length=14,
                                verbose_name="public",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                default=6, verbose_name="durée en minutes"
                            ),
                        ),
                        (
                            "objectives",
                            wagtail.fields.StreamField(
                                [("objective", 0)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("training.Objective",),
                                        {"label": "Objectif"},
                                    )
                                },
                                verbose_name="objectifs",
                            ),
                        ),
                        (
                            "steps",
                            wagtail.fields.StreamField(
                                [
                                    ("narrative", 4),
                                    ("findings", 10),
                                    ("figure", 16),
                                    ("tool", 19),
                                    ("decision", 32),
                                    ("take_home", 35),
                                ],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Titre", "max_length": 80, "required": False},
                                    ),
                                    1: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "ul", "ol", "link"],
                                            "help_text": "",
                                            "label": "Récit",
                                            "required": True,
                                        },
                                    ),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Un mot, si une autre étape doit mener ici.",
                                            "label": "Repère",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    3: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Vide : l’étape suivante.",
                                            "label": "Mène au repère",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    4: (
                                        "wagtail.blocks.StructBlock",
                                        [[("title", 0), ("text", 1), ("name", 2), ("target", 3)]],
                                        {},
                                    ),
                                    5: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Consigne", "max_length": 200},
                                    ),
                                    6: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Ce que l’on cherche", "max_length": 80},
                                    ),
                                    7: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "ul", "ol", "link"],
                                            "help_text": "",
                                            "label": "Ce que l’on trouve",
                                            "required": True,
                                        },
                                    ),
                                    8: (
                                        "wagtail.blocks.StructBlock",
                                        [[("label", 6), ("result", 7)]],
                                        {},
                                    ),
                                    9: (
                                        "wagtail.blocks.ListBlock",
                                        (8,),
                                        {"label": "À demander", "min_num": 1},
                                    ),
                                    10: (
                                        "wagtail.blocks.StructBlock",
                                        [[("intro", 5), ("items", 9), ("name", 2), ("target", 3)]],
                                        {},
                                    ),
                                    11: (
                                        "wagtail.images.blocks.ImageChooserBlock",
                                        (),
                                        {"label": "Image"},
                                    ),
                                    12: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Pour qui ne la voit pas.",
                                            "label": "Ce que montre l’image",
                                            "max_length": 300,
                                            "required": False,
                                        },
                                    ),
                                    13: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Légende", "max_length": 200, "required": False},
                                    ),
                                    14: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("training.EvidenceCard",),
                                        {"label": "Fiche de preuve"},
                                    ),
                                    15: (
                                        "wagtail.blocks.ListBlock",
                                        (14,),
                                        {"default": [], "label": "Preuves"},
                                    ),
                                    16: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("image", 11),
                                                ("alt", 12),
                                                ("caption", 13),
                                                ("evidence", 15),
                                                ("name", 2),
                                                ("target", 3),
                                            ]
                                        ],
                                        {},
                                    ),
                                    17: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("training.ClinicalTool",),
                                        {"label": "Outil clinique"},
                                    ),
                                    18: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "ul", "ol", "link"],
                                            "help_text": "",
                                            "label": "Comment s’en servir ici",
                                            "required": False,
                                        },
                                    ),
                                    19: (
                                        "wagtail.blocks.StructBlock",
                                        [[("tool", 17), ("text", 18), ("name", 2), ("target", 3)]],
                                        {},
                                    ),
                                    20: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Question", "max_length": 300},
                                    ),
                                    21: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("one", "une seule réponse (QRU)"),
                                                ("several", "plusieurs réponses (QRM)"),
                                                ("order", "mettre en ordre"),
                                                ("short", "quelques mots (QROC)"),
                                            ],
                                            "label": "Forme",
                                        },
                                    ),
                                    22: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Réponse proposée", "max_length": 240},
                                    ),
                                    23: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("right", "juste"),
                                                ("acceptable", "défendable, pas le meilleur choix"),
                                                ("wrong", "à éviter"),
                                                ("required", "indispensable (QRM)"),
                                                ("forbidden", "inacceptable (QRM)"),
                                            ],
                                            "label": "Verdict",
                                        },
                                    ),
                                    24: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "ul", "ol", "link"],
                                            "help_text": "Sans elle, pas de publication",
                                            "label": "Explication",
                                            "required": False,
                                        },
                                    ),
                                    25: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Vide : comme la décision.",
                                            "label": "Mène au repère",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    26: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "Pour « autre ».",
                                            "label": "Demande quelques mots",
                                            "required": False,
                                        },
                                    ),
                                    27: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "QROC : une par ligne.",
                                            "label": "Autres formulations reconnues",
                                            "required": False,
                                        },
                                    ),
                                    28: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "QROC : la dernière option.",
                                            "label": "Toute autre réponse",
                                            "required": False,
                                        },
                                    ),
                                    29: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("text", 22),
                                                ("verdict", 23),
                                                ("feedback", 24),
                                                ("evidence", 15),
                                                ("target", 25),
                                                ("own_words", 26),
                                                ("forms", 27),
                                                ("otherwise", 28),
                                            ]
                                        ],
                                        {},
                                    ),
                                    30: (
                                        "wagtail.blocks.ListBlock",
                                        (29,),
                                        {
                                            "help_text": "À mettre en ordre : dans le bon ordre.",
                                            "label": "Options",
                                        },
                                    ),
                                    31: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "ul", "ol", "link"],
                                            "help_text": "",
                                            "label": "Ce qu’il faut comprendre",
                                            "required": False,
                                        },
                                    ),
                                    32: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("stem", 20),
                                                ("answering", 21),
                                                ("options", 30),
                                                ("explanation", 31),
                                                ("evidence", 15),
                                                ("name", 2),
                                                ("target", 3),
                                            ]
                                        ],
                                        {},
                                    ),
                                    33: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Point", "max_length": 240},
                                    ),
                                    34: (
                                        "wagtail.blocks.ListBlock",
                                        (33,),
                                        {"label": "À retenir", "min_num": 1},
                                    ),
                                    35: (
                                        "wagtail.blocks.StructBlock",
                                        [[("points", 34), ("evidence", 15), ("name", 2)]],
                                        {},
                                    ),
                                },
                                verbose_name="étapes",
                            ),
                        ),
                        (
                            "panel",
                            wagtail.fields.StreamField(
                                [("expert", 0)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("training.Expert",),
                                        {"label": "Expert"},
                                    )
                                },
                                help_text="Leurs réponses sont montrées à part, jamais comptées avec celles des pairs.",
                                verbose_name="panel d’experts",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vignette clinique",
                        "verbose_name_plural": "vignettes cliniques",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(training.models.previews.StepsPreview, "wagtailcore.page"),
                ),
                migrations.CreateModel(
                    name="LessonPage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                        ("line", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "review_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="à relire avant le"
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="durée en minutes"
                            ),
                        ),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [
                                    ("heading", 0),
                                    ("paragraph", 1),
                                    ("figure", 6),
                                    ("evidence", 7),
                                    ("video", 12),
                                    ("key_points", 14),
                                ],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "icon": "title",
                                            "label": "Titre de partie",
                                            "max_length": 120,
                                            "template": "training/blocks/heading.html",
                                        },
                                    ),
                                    1: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "ul", "ol", "link"],
                                            "icon": "pilcrow",
                                            "label": "Paragraphe",
                                            "template": "training/blocks/paragraph.html",
                                        },
                                    ),
                                    2: (
                                        "wagtail.images.blocks.ImageChooserBlock",
                                        (),
                                        {"label": "Image"},
                                    ),
                                    3: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Ce que montre l’image", "max_length": 300},
                                    ),
                                    4: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Légende", "max_length": 200, "required": False},
                                    ),
                                    5: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("training.EvidenceCard",),
                                        {"label": "Fiche de preuve"},
                                    ),
                                    6: (
                                        "wagtail.blocks.StructBlock",
                                        [[("image", 2), ("alt", 3), ("caption", 4), ("card", 5)]],
                                        {},
                                    ),
                                    7: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("training.EvidenceCard",),
                                        {
                                            "label": "Fiche de preuve",
                                            "template": "training/blocks/evidence.html",
                                        },
                                    ),
                                    8: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Titre", "max_length": 120},
                                    ),
                                    9: (
                                        "wagtail.documents.blocks.DocumentChooserBlock",
                                        (),
                                        {"label": "Film (MP4)"},
                                    ),
                                    10: (
                                        "wagtail.documents.blocks.DocumentChooserBlock",
                                        (),
                                        {"label": "Sous-titres (WebVTT)"},
                                    ),
                                    11: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "ul", "ol", "link"],
                                            "label": "Transcription",
                                        },
                                    ),
                                    12: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("title", 8),
                                                ("film", 9),
                                                ("captions", 10),
                                                ("transcript", 11),
                                            ]
                                        ],
                                        {},
                                    ),
                                    13: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Point", "max_length": 240},
                                    ),
                                    14: (
                                        "wagtail.blocks.ListBlock",
                                        (13,),
                                        {
                                            "icon": "tick",
                                            "label": "Points clés",
                                            "template": "training/blocks/key_points.html",
                                        },
                                    ),
                                },
                                verbose_name="contenu",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "leçon",
                        "verbose_name_plural": "leçons",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="Enrolment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "learner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("module_key", models.UUIDField()),
                        ("started_at", models.DateTimeField()),
                        ("completed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "inscription à un module",
                        "verbose_name_plural": "inscriptions aux modules",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("learner", "module_key"), name="enrolled_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnPause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "learner",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="return_pause",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "pause des retours",
                        "verbose_name_plural": "pauses des retours",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Attestation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("code", models.UUIDField(default=uuid.uuid4, unique=True)),
                        (
                            "learner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attestations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("module_key", models.UUIDField()),
                        ("issued_on", models.DateField()),
                        ("expires_on", models.DateField()),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("facts", models.JSONField()),
                        ("renewed_on", models.DateField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revoked_because",
                            models.CharField(blank=True, max_length=300, verbose_name="motif"),
                        ),
                    ],
                    options={
                        "verbose_name": "attestation",
                        "verbose_name_plural": "attestations",
                        "ordering": ("-issued_on", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("renewed_on", None), ("revoked_at", None)),
                                fields=("learner", "module_key"),
                                name="one_standing_attestation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("revoked_at", None),
                                        ("revoked_because", ""),
                                        ("revoked_by", None),
                                    ),
                                    models.Q(
                                        ("revoked_at__isnull", False),
                                        ("revoked_by__isnull", False),
                                        models.Q(("revoked_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="revocation_says_why",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ScientificReview",
                    fields=[
                        (
                            "task_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.task",
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relecture scientifique",
                        "verbose_name_plural": "relectures scientifiques",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("wagtailcore.task",),
                ),
                migrations.CreateModel(
                    name="EditorialReview",
                    fields=[
                        (
                            "task_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="wagtailcore.task",
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relecture éditoriale",
                        "verbose_name_plural": "relectures éditoriales",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("wagtailcore.task",),
                ),
                migrations.CreateModel(
                    name="ItemVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("case_key", models.UUIDField()),
                        ("block", models.UUIDField()),
                        ("content_hash", models.CharField(max_length=64)),
                        ("number", models.PositiveIntegerField()),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("basics", "Bases de la douleur chronique"),
                                    ("neuropathic", "Douleur neuropathique"),
                                    ("fibromyalgia", "Fibromyalgie"),
                                    ("pelvic", "Douleur pelvienne, endométriose"),
                                    ("back", "Mal de dos"),
                                    ("headache", "Céphalées"),
                                    ("joint", "Douleur articulaire"),
                                    ("long_covid", "Covid long"),
                                    ("work", "Travail"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("body", models.JSONField()),
                        ("shown", models.JSONField()),
                        ("published_at", models.DateTimeField()),
                        (
                            "evidence",
                            models.ManyToManyField(
                                related_name="items", to="training.evidencecard"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version de question",
                        "verbose_name_plural": "versions de questions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case_key", "block", "content_hash"),
                                name="item_content_once",
                            ),
                            models.UniqueConstraint(
                                fields=("case_key", "block", "number"), name="item_number_once"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ModulePage",
                    fields=[
                        (
                            "page_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to=settings.WAGTAIL_PAGE_MODEL,
                            ),
                        ),
                        ("line", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "review_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="à relire avant le"
                            ),
                        ),
                        (
                            "lede",
                            models.TextField(
                                help_text="Visible de tous : rien qui donne la réponse.",
                                max_length=400,
                                verbose_name="résumé public",
                            ),
                        ),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("basics", "Bases de la douleur chronique"),
                                    ("neuropathic", "Douleur neuropathique"),
                                    ("fibromyalgia", "Fibromyalgie"),
                                    ("pelvic", "Douleur pelvienne, endométriose"),
                                    ("back", "Mal de dos"),
                                    ("headache", "Céphalées"),
                                    ("joint", "Douleur articulaire"),
                                    ("long_covid", "Covid long"),
                                    ("work", "Travail"),
                                ],
                                default="basics",
                                max_length=12,
                                verbose_name="thème",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("professionals", "ouvert à tous les soignants"),
                                    ("doctors", "réservé aux médecins"),
                                    ("everybody", "ouvert à tous"),
                                ],
                                default="professionals",
                                max_length=14,
                                verbose_name="public",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                default=6, verbose_name="durée en minutes"
                            ),
                        ),
                        (
                            "objectives",
                            wagtail.fields.StreamField(
                                [("objective", 0)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("training.Objective",),
                                        {"label": "Objectif"},
                                    )
                                },
                                verbose_name="objectifs",
                            ),
                        ),
                        (
                            "axis",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "1. Connaissances et compétences"),
                                    (2, "2. Qualité des pratiques"),
                                    (3, "3. Relation avec les patients"),
                                    (4, "4. Santé du soignant"),
                                ],
                                default=1,
                                verbose_name="axe de certification",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="training.expert",
                                verbose_name="responsable scientifique",
                            ),
                        ),
                        (
                            "pass_mark",
                            models.PositiveSmallIntegerField(
                                default=70,
                                help_text="Au post-test.",
                                verbose_name="seuil de réussite (%)",
                            ),
                        ),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("FC", "formation continue"),
                                    ("EPP", "évaluation des pratiques"),
                                    ("PI", "programme intégré"),
                                ],
                                default="FC",
                                max_length=3,
                                verbose_name="nature",
                            ),
                        ),
                        (
                            "action_number",
                            models.CharField(
                                blank=True,
                                help_text="S’il a été attribué.",
                                max_length=40,
                                verbose_name="numéro d’action",
                            ),
                        ),
                        (
                            "session_number",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="numéro de session"
                            ),
                        ),
                        (
                            "vignettes",
                            wagtail.fields.StreamField(
                                [("vignette", 0)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.PageChooserBlock",
                                        (),
                                        {
                                            "label": "Vignette",
                                            "page_type": ["training.VignettePage"],
                                        },
                                    )
                                },
                                verbose_name="vignettes",
                            ),
                        ),
                        (
                            "pretest",
                            wagtail.fields.StreamField(
                                [("decision", 16)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Question", "max_length": 300},
                                    ),
                                    1: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("one", "une seule réponse (QRU)"),
                                                ("several", "plusieurs réponses (QRM)"),
                                                ("order", "mettre en ordre"),
                                                ("short", "quelques mots (QROC)"),
                                            ],
                                            "label": "Forme",
                                        },
                                    ),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Réponse proposée", "max_length": 240},
                                    ),
                                    3: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("right", "juste"),
                                                ("acceptable", "défendable, pas le meilleur choix"),
                                                ("wrong", "à éviter"),
                                                ("required", "indispensable (QRM)"),
                                                ("forbidden", "inacceptable (QRM)"),
                                            ],
                                            "label": "Verdict",
                                        },
                                    ),
                                    4: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "ul", "ol", "link"],
                                            "help_text": "Sans elle, pas de publication",
                                            "label": "Explication",
                                            "required": False,
                                        },
                                    ),
                                    5: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("training.EvidenceCard",),
                                        {"label": "Fiche de preuve"},
                                    ),
                                    6: (
                                        "wagtail.blocks.ListBlock",
                                        (5,),
                                        {"default": [], "label": "Preuves"},
                                    ),
                                    7: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Vide : comme la décision.",
                                            "label": "Mène au repère",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    8: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "Pour « autre ».",
                                            "label": "Demande quelques mots",
                                            "required": False,
                                        },
                                    ),
                                    9: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "QROC : une par ligne.",
                                            "label": "Autres formulations reconnues",
                                            "required": False,
                                        },
                                    ),
                                    10: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "QROC : la dernière option.",
                                            "label": "Toute autre réponse",
                                            "required": False,
                                        },
                                    ),
                                    11: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("text", 2),
                                                ("verdict", 3),
                                                ("feedback", 4),
                                                ("evidence", 6),
                                                ("target", 7),
                                                ("own_words", 8),
                                                ("forms", 9),
                                                ("otherwise", 10),
                                            ]
                                        ],
                                        {},
                                    ),
                                    12: (
                                        "wagtail.blocks.ListBlock",
                                        (11,),
                                        {
                                            "help_text": "À mettre en ordre : dans le bon ordre.",
                                            "label": "Options",
                                        },
                                    ),
                                    13: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "ul", "ol", "link"],
                                            "help_text": "",
                                            "label": "Ce qu’il faut comprendre",
                                            "required": False,
                                        },
                                    ),
                                    14: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Un mot, si une autre étape doit mener ici.",
                                            "label": "Repère",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    15: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Vide : l’étape suivante.",
                                            "label": "Mène au repère",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    16: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("stem", 0),
                                                ("answering", 1),
                                                ("options", 12),
                                                ("explanation", 13),
                                                ("evidence", 6),
                                                ("name", 14),
                                                ("target", 15),
                                            ]
                                        ],
                                        {},
                                    ),
                                },
                                verbose_name="pré-test",
                            ),
                        ),
                        (
                            "posttest",
                            wagtail.fields.StreamField(
                                [("decision", 16)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Question", "max_length": 300},
                                    ),
                                    1: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("one", "une seule réponse (QRU)"),
                                                ("several", "plusieurs réponses (QRM)"),
                                                ("order", "mettre en ordre"),
                                                ("short", "quelques mots (QROC)"),
                                            ],
                                            "label": "Forme",
                                        },
                                    ),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Réponse proposée", "max_length": 240},
                                    ),
                                    3: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("right", "juste"),
                                                ("acceptable", "défendable, pas le meilleur choix"),
                                                ("wrong", "à éviter"),
                                                ("required", "indispensable (QRM)"),
                                                ("forbidden", "inacceptable (QRM)"),
                                            ],
                                            "label": "Verdict",
                                        },
                                    ),
                                    4: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "ul", "ol", "link"],
                                            "help_text": "Sans elle, pas de publication",
                                            "label": "Explication",
                                            "required": False,
                                        },
                                    ),
                                    5: (
                                        "wagtail.snippets.blocks.SnippetChooserBlock",
                                        ("training.EvidenceCard",),
                                        {"label": "Fiche de preuve"},
                                    ),
                                    6: (
                                        "wagtail.blocks.ListBlock",
                                        (5,),
                                        {"default": [], "label": "Preuves"},
                                    ),
                                    7: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Vide : comme la décision.",
                                            "label": "Mène au repère",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    8: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "Pour « autre ».",
                                            "label": "Demande quelques mots",
                                            "required": False,
                                        },
                                    ),
                                    9: (
                                        "wagtail.blocks.TextBlock",
                                        (),
                                        {
                                            "help_text": "QROC : une par ligne.",
                                            "label": "Autres formulations reconnues",
                                            "required": False,
                                        },
                                    ),
                                    10: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "QROC : la dernière option.",
                                            "label": "Toute autre réponse",
                                            "required": False,
                                        },
                                    ),
                                    11: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("text", 2),
                                                ("verdict", 3),
                                                ("feedback", 4),
                                                ("evidence", 6),
                                                ("target", 7),
                                                ("own_words", 8),
                                                ("forms", 9),
                                                ("otherwise", 10),
                                            ]
                                        ],
                                        {},
                                    ),
                                    12: (
                                        "wagtail.blocks.ListBlock",
                                        (11,),
                                        {
                                            "help_text": "À mettre en ordre : dans le bon ordre.",
                                            "label": "Options",
                                        },
                                    ),
                                    13: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "ul", "ol", "link"],
                                            "help_text": "",
                                            "label": "Ce qu’il faut comprendre",
                                            "required": False,
                                        },
                                    ),
                                    14: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Un mot, si une autre étape doit mener ici.",
                                            "label": "Repère",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    15: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Vide : l’étape suivante.",
                                            "label": "Mène au repère",
                                            "max_length": 40,
                                            "required": False,
                                        },
                                    ),
                                    16: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("stem", 0),
                                                ("answering", 1),
                                                ("options", 12),
                                                ("explanation", 13),
                                                ("evidence", 6),
                                                ("name", 14),
                                                ("target", 15),
                                            ]
                                        ],
                                        {},
                                    ),
                                },
                                help_text="Parallèle au pré-test : mêmes objectifs, autres questions.",
                                verbose_name="post-test",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "module",
                        "verbose_name_plural": "modules",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pass_mark__lte", 100)),
                                name="pass_mark_is_a_percentage",
                                violation_error_message="Le seuil est un pourcentage : 100 au plus.",
                            )
                        ],
                        "indexes": [],
                    },
                    bases=(training.models.previews.StepsPreview, "wagtailcore.page"),
                ),
                migrations.CreateModel(
                    name="CardChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "card",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="training.evidencecard",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("before", models.JSONField()),
                        ("after", models.JSONField()),
                    ],
                    options={
                        "verbose_name": "changement d’une fiche",
                        "verbose_name_plural": "changements des fiches",
                        "ordering": ("-at", "-pk"),
                        "indexes": [
                            models.Index(fields=["card", "-at"], name="latest_change_of_card")
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="LessonRead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lessons",
                                to="training.enrolment",
                            ),
                        ),
                        ("lesson_key", models.UUIDField()),
                        ("read_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("enrolment", "lesson_key"), name="lesson_read_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CaseVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.UUIDField()),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("case", "vignette"),
                                    ("pretest", "pré-test"),
                                    ("posttest", "post-test"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=255)),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("basics", "Bases de la douleur chronique"),
                                    ("neuropathic", "Douleur neuropathique"),
                                    ("fibromyalgia", "Fibromyalgie"),
                                    ("pelvic", "Douleur pelvienne, endométriose"),
                                    ("back", "Mal de dos"),
                                    ("headache", "Céphalées"),
                                    ("joint", "Douleur articulaire"),
                                    ("long_covid", "Covid long"),
                                    ("work", "Travail"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("steps", models.JSONField()),
                        ("content_hash", models.CharField(max_length=64)),
                        ("published_at", models.DateTimeField()),
                        (
                            "items",
                            models.ManyToManyField(
                                related_name="cases",
                                through="training.CaseItem",
                                to="training.itemversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version publiée",
                        "verbose_name_plural": "versions publiées",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key", "part", "number"), name="case_number_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tallies",
                                to="training.itemversion",
                            ),
                        ),
                        (
                            "profession",
                            models.CharField(
                                choices=[
                                    ("doctor", "doctor"),
                                    ("physio", "physio"),
                                    ("psychologist", "psychologist"),
                                    ("nurse", "nurse"),
                                    ("psychomotor", "psychomotor"),
                                    ("pharmacist", "pharmacist"),
                                    ("other", "other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("panel", models.BooleanField(default=False)),
                        ("letter", models.CharField(blank=True, max_length=1)),
                        ("people", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "panel", "profession", "letter"), name="tally_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ItemSummary",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="summaries",
                                to="training.itemversion",
                            ),
                        ),
                        ("profession", models.CharField(blank=True, max_length=20)),
                        ("answers", models.PositiveIntegerField()),
                        ("facility", models.FloatField(null=True)),
                        ("discrimination", models.FloatField(null=True)),
                        ("flags", models.CharField(blank=True, max_length=200)),
                        ("counted_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "résumé d’une question",
                        "verbose_name_plural": "résumés des questions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "profession"), name="item_summed_up_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answers__gte", 20), ("facility__isnull", False)),
                                    models.Q(
                                        ("answers__lt", 20),
                                        ("discrimination", None),
                                        ("facility", None),
                                        ("flags", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="few_answers_show_nothing",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CaseItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="training.caseversion",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="training.itemversion",
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ("ordinal",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "item"), name="item_once_a_case"
                            ),
                            models.UniqueConstraint(
                                fields=("case", "ordinal"), name="ordinal_once_a_case"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Run",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "learner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="training.caseversion",
                            ),
                        ),
                        ("key", models.UUIDField()),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("case", "vignette"),
                                    ("pretest", "pré-test"),
                                    ("posttest", "post-test"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("learn", "learn"),
                                    ("panel", "panel"),
                                    ("return", "return"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("return_day", models.PositiveSmallIntegerField(default=0)),
                        ("attempt", models.PositiveSmallIntegerField(default=1)),
                        ("position", models.UUIDField()),
                        ("shown_at", models.DateTimeField()),
                        ("started_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "parcours",
                        "verbose_name_plural": "parcours",
                        "ordering": ("-started_at", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("finished_at", None)),
                                fields=("learner", "key", "part", "purpose", "return_day"),
                                name="one_open_run",
                            ),
                            models.UniqueConstraint(
                                fields=(
                                    "learner",
                                    "key",
                                    "part",
                                    "purpose",
                                    "return_day",
                                    "attempt",
                                ),
                                name="attempts_are_numbered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("purpose", training.enums.Purpose["RETURN"]),
                                        ("return_day__in", [7, 30, 90]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("purpose", training.enums.Purpose["RETURN"]),
                                            _negated=True,
                                        ),
                                        ("return_day", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_return_has_its_day",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="training.run",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="training.itemversion",
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        ("chosen", models.CharField(max_length=26)),
                        ("words", models.CharField(blank=True, max_length=300)),
                        (
                            "certainty",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "Peu sûr"), (2, "Assez sûr"), (3, "Très sûr")]
                            ),
                        ),
                        ("credit", models.DecimalField(decimal_places=2, max_digits=3)),
                        ("marks", models.SmallIntegerField()),
                        ("seconds", models.PositiveIntegerField()),
                        (
                            "profession",
                            models.CharField(
                                choices=[
                                    ("doctor", "doctor"),
                                    ("physio", "physio"),
                                    ("psychologist", "psychologist"),
                                    ("nurse", "nurse"),
                                    ("psychomotor", "psychomotor"),
                                    ("pharmacist", "pharmacist"),
                                    ("other", "other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("counted", models.BooleanField()),
                        ("given_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "réponse",
                        "verbose_name_plural": "réponses",
                        "ordering": ("given_at", "pk"),
                        "indexes": [
                            models.Index(fields=["item", "counted"], name="answers_of_item")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "item", "round"), name="first_choice_is_frozen"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("round__in", [1, 2])), name="two_rounds"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("chosen", ""), _negated=True),
                                name="something_was_chosen",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "certainty__in",
                                        [
                                            training.enums.Certainty["LOW"],
                                            training.enums.Certainty["MIDDLE"],
                                            training.enums.Certainty["HIGH"],
                                        ],
                                    )
                                ),
                                name="three_levels_of_certainty",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("credit__gte", Decimal(0)), ("credit__lte", Decimal(1))
                                ),
                                name="credit_0_to_1",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("counted", False), ("round", 1), _connector="OR"
                                ),
                                name="second_answers_do_not_count",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Return",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "learner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("key", models.UUIDField()),
                        ("day", models.PositiveSmallIntegerField()),
                        ("due_on", models.DateField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "run",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="came_back",
                                to="training.run",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "retour d’un cas",
                        "verbose_name_plural": "retours de cas",
                        "ordering": ("due_on", "pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("sent_at", None)),
                                fields=["due_on"],
                                name="returns_to_send",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("learner", "key", "day"), name="one_return_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("day__in", [7, 30, 90])),
                                name="fixed_return_days",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
