import django.core.validators
import django.db.models.deletion
import portal.kit.migrations
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("training", "0001_initial"),
    ]

    operations = [
        portal.kit.migrations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="HomePage",
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
                        ("headline", models.CharField(max_length=60, verbose_name="grand titre")),
                        ("lede", models.TextField(max_length=300, verbose_name="chapeau")),
                        (
                            "buttons",
                            wagtail.fields.StreamField(
                                [("link", 3)],
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Texte du lien", "max_length": 60},
                                    ),
                                    1: (
                                        "wagtail.blocks.PageChooserBlock",
                                        (),
                                        {"label": "Page", "required": False},
                                    ),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Par exemple /accueil/.",
                                            "label": "ou adresse du portail",
                                            "max_length": 200,
                                            "required": False,
                                            "validators": [
                                                django.core.validators.RegexValidator(
                                                    "^/(?!/)[\\w/#?=&.-]*$",
                                                    "Commencez par une barre\xa0: /…",
                                                )
                                            ],
                                        },
                                    ),
                                    3: (
                                        "wagtail.blocks.StructBlock",
                                        [[("label", 0), ("page", 1), ("address", 2)]],
                                        {},
                                    ),
                                },
                                help_text="Le premier est plein, le second est cerné.",
                                verbose_name="boutons",
                            ),
                        ),
                        (
                            "doors",
                            wagtail.fields.StreamField(
                                [("door", 7)],
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Titre", "max_length": 40},
                                    ),
                                    1: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Phrase", "max_length": 160},
                                    ),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Texte du lien", "max_length": 60},
                                    ),
                                    3: (
                                        "wagtail.blocks.PageChooserBlock",
                                        (),
                                        {"label": "Page", "required": False},
                                    ),
                                    4: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Par exemple /accueil/.",
                                            "label": "ou adresse du portail",
                                            "max_length": 200,
                                            "required": False,
                                            "validators": [
                                                django.core.validators.RegexValidator(
                                                    "^/(?!/)[\\w/#?=&.-]*$",
                                                    "Commencez par une barre\xa0: /…",
                                                )
                                            ],
                                        },
                                    ),
                                    5: (
                                        "wagtail.blocks.StructBlock",
                                        [[("label", 2), ("page", 3), ("address", 4)]],
                                        {},
                                    ),
                                    6: (
                                        "wagtail.blocks.ListBlock",
                                        (5,),
                                        {"label": "Liens", "max_num": 4, "min_num": 1},
                                    ),
                                    7: (
                                        "wagtail.blocks.StructBlock",
                                        [[("title", 0), ("text", 1), ("links", 6)]],
                                        {},
                                    ),
                                },
                                verbose_name="portes",
                            ),
                        ),
                        (
                            "contact",
                            wagtail.fields.StreamField(
                                [("contact", 5)],
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Titre", "max_length": 80},
                                    ),
                                    1: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "link", "document-link"],
                                            "label": "Texte",
                                        },
                                    ),
                                    2: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "default": True,
                                            "label": "Afficher le téléphone du secrétariat",
                                            "required": False,
                                        },
                                    ),
                                    3: (
                                        "wagtail.blocks.EmailBlock",
                                        (),
                                        {"label": "Adresse e-mail", "required": False},
                                    ),
                                    4: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "label": "Adresse postale",
                                            "max_length": 160,
                                            "required": False,
                                        },
                                    ),
                                    5: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("title", 0),
                                                ("text", 1),
                                                ("secretariat", 2),
                                                ("email", 3),
                                                ("post", 4),
                                            ]
                                        ],
                                        {},
                                    ),
                                },
                                verbose_name="contact",
                            ),
                        ),
                        (
                            "figures",
                            wagtail.fields.StreamField(
                                [("figure", 4)],
                                blank=True,
                                block_lookup={
                                    0: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Ce que l’on mesure", "max_length": 40},
                                    ),
                                    1: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Chiffre", "max_length": 20},
                                    ),
                                    2: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Précision", "max_length": 160},
                                    ),
                                    3: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Source", "max_length": 160},
                                    ),
                                    4: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("label", 0),
                                                ("value", 1),
                                                ("detail", 2),
                                                ("source", 3),
                                            ]
                                        ],
                                        {},
                                    ),
                                },
                                verbose_name="chiffres",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "page d’accueil",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("wagtailcore.page",),
                ),
                migrations.CreateModel(
                    name="StandardPage",
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
                            "menu_label",
                            models.CharField(
                                blank=True,
                                help_text="Un ou deux mots.",
                                max_length=20,
                                verbose_name="nom dans le menu",
                            ),
                        ),
                        ("lede", models.TextField(max_length=400, verbose_name="chapeau")),
                        (
                            "body",
                            wagtail.fields.StreamField(
                                [
                                    ("heading", 0),
                                    ("paragraph", 1),
                                    ("list", 5),
                                    ("notice", 9),
                                    ("figures", 16),
                                    ("questions", 21),
                                    ("links", 27),
                                    ("contact", 31),
                                    ("emergency", 32),
                                ],
                                blank=True,
                                block_lookup={
                                    0: ("home.blocks.text.HeadingBlock", (), {}),
                                    1: ("home.blocks.text.ParagraphBlock", (), {}),
                                    2: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "help_text": "Quand l’ordre compte.",
                                            "label": "Étapes numérotées",
                                            "required": False,
                                        },
                                    ),
                                    3: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "link", "document-link"],
                                            "label": "Point",
                                        },
                                    ),
                                    4: (
                                        "wagtail.blocks.ListBlock",
                                        (3,),
                                        {"label": "Points", "min_num": 1},
                                    ),
                                    5: (
                                        "wagtail.blocks.StructBlock",
                                        [[("numbered", 2), ("items", 4)]],
                                        {},
                                    ),
                                    6: (
                                        "wagtail.blocks.ChoiceBlock",
                                        [],
                                        {
                                            "choices": [
                                                ("info", "information"),
                                                ("ok", "bonne nouvelle"),
                                                ("wait", "attention"),
                                                ("bad", "danger"),
                                            ],
                                            "label": "Ton",
                                        },
                                    ),
                                    7: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Titre", "max_length": 80},
                                    ),
                                    8: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": ["bold", "italic", "link", "document-link"],
                                            "label": "Texte",
                                        },
                                    ),
                                    9: (
                                        "wagtail.blocks.StructBlock",
                                        [[("state", 6), ("title", 7), ("text", 8)]],
                                        {},
                                    ),
                                    10: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Ce que l’on mesure", "max_length": 40},
                                    ),
                                    11: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Chiffre", "max_length": 20},
                                    ),
                                    12: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Précision", "max_length": 160},
                                    ),
                                    13: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Source", "max_length": 160},
                                    ),
                                    14: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("label", 10),
                                                ("value", 11),
                                                ("detail", 12),
                                                ("source", 13),
                                            ]
                                        ],
                                        {},
                                    ),
                                    15: (
                                        "wagtail.blocks.ListBlock",
                                        (14,),
                                        {"label": "Chiffres", "max_num": 4, "min_num": 2},
                                    ),
                                    16: ("wagtail.blocks.StructBlock", [[("figures", 15)]], {}),
                                    17: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Question", "max_length": 140},
                                    ),
                                    18: (
                                        "wagtail.blocks.RichTextBlock",
                                        (),
                                        {
                                            "features": [
                                                "bold",
                                                "italic",
                                                "link",
                                                "document-link",
                                                "ul",
                                            ],
                                            "label": "Réponse",
                                        },
                                    ),
                                    19: (
                                        "wagtail.blocks.StructBlock",
                                        [[("question", 17), ("answer", 18)]],
                                        {"label": "Question"},
                                    ),
                                    20: (
                                        "wagtail.blocks.ListBlock",
                                        (19,),
                                        {"label": "Questions", "min_num": 1},
                                    ),
                                    21: ("wagtail.blocks.StructBlock", [[("questions", 20)]], {}),
                                    22: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {"label": "Texte du lien", "max_length": 60},
                                    ),
                                    23: (
                                        "wagtail.blocks.PageChooserBlock",
                                        (),
                                        {"label": "Page", "required": False},
                                    ),
                                    24: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "help_text": "Par exemple /accueil/.",
                                            "label": "ou adresse du portail",
                                            "max_length": 200,
                                            "required": False,
                                            "validators": [
                                                django.core.validators.RegexValidator(
                                                    "^/(?!/)[\\w/#?=&.-]*$",
                                                    "Commencez par une barre\xa0: /…",
                                                )
                                            ],
                                        },
                                    ),
                                    25: (
                                        "wagtail.blocks.StructBlock",
                                        [[("label", 22), ("page", 23), ("address", 24)]],
                                        {},
                                    ),
                                    26: (
                                        "wagtail.blocks.ListBlock",
                                        (25,),
                                        {"label": "Liens", "min_num": 1},
                                    ),
                                    27: ("wagtail.blocks.StructBlock", [[("links", 26)]], {}),
                                    28: (
                                        "wagtail.blocks.BooleanBlock",
                                        (),
                                        {
                                            "default": True,
                                            "label": "Afficher le téléphone du secrétariat",
                                            "required": False,
                                        },
                                    ),
                                    29: (
                                        "wagtail.blocks.EmailBlock",
                                        (),
                                        {"label": "Adresse e-mail", "required": False},
                                    ),
                                    30: (
                                        "wagtail.blocks.CharBlock",
                                        (),
                                        {
                                            "label": "Adresse postale",
                                            "max_length": 160,
                                            "required": False,
                                        },
                                    ),
                                    31: (
                                        "wagtail.blocks.StructBlock",
                                        [
                                            [
                                                ("title", 7),
                                                ("text", 8),
                                                ("secretariat", 28),
                                                ("email", 29),
                                                ("post", 30),
                                            ]
                                        ],
                                        {},
                                    ),
                                    32: ("home.blocks.contact.EmergencyBlock", (), {}),
                                },
                                verbose_name="contenu",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "page de texte",
                        "verbose_name_plural": "pages de texte",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("wagtailcore.page",),
                ),
            ],
        ),
    ]
