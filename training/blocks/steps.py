"""The steps of a case, as its author writes them on one screen."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from training.enums import Answering, Verdict

FEATURES = ["bold", "italic", "ul", "ol", "link"]
ANSWERINGS = {
    Answering.ONE: _("une seule réponse (QRU)"),
    Answering.SEVERAL: _("plusieurs réponses (QRM)"),
    Answering.ORDER: _("mettre en ordre"),
    Answering.SHORT: _("quelques mots (QROC)"),
}
VERDICTS = {
    Verdict.RIGHT: _("juste"),
    Verdict.ACCEPTABLE: _("défendable, pas le meilleur choix"),
    Verdict.WRONG: _("à éviter"),
    Verdict.REQUIRED: _("indispensable (QRM)"),
    Verdict.FORBIDDEN: _("inacceptable (QRM)"),
}


def _rich(label: object, *, required: bool = True, help_text: object = "") -> blocks.RichTextBlock:
    return blocks.RichTextBlock(
        label=label, features=FEATURES, required=required, help_text=help_text
    )


def _evidence() -> blocks.ListBlock:
    return blocks.ListBlock(
        SnippetChooserBlock("training.EvidenceCard", label=_("Fiche de preuve")),
        label=_("Preuves"),
        default=[],
    )


def _folded(names: list[str], heading: object) -> blocks.BlockGroup:
    """Fields that few authors need, folded below the others; the first one stays in sight."""
    return blocks.BlockGroup(
        names,
        heading=heading,
        classname="collapsed",
        icon="cog",
        label_format=f"{{{names[0]}}}",
    )


def _layout(*names: str, folded: tuple[str, ...] = ("name", "target")) -> blocks.BlockGroup:
    """A step's own fields first, then the way to it and from it."""
    return blocks.BlockGroup([*names, _folded([*folded], _("Chemin"))])


class StepBlock(blocks.StructBlock):
    """What every step has. The name is a landmark for the author; learners never see it."""

    name = blocks.CharBlock(
        label=_("Repère"),
        required=False,
        max_length=40,
        help_text=_("Un mot, si une autre étape doit mener ici."),
    )


class GoingOn(blocks.StructBlock):
    """A step that may lead elsewhere than to the one below it."""

    target = blocks.CharBlock(
        label=_("Mène au repère"),
        required=False,
        max_length=40,
        help_text=_("Vide : l’étape suivante."),
    )


class NarrativeBlock(StepBlock, GoingOn):
    title = blocks.CharBlock(label=_("Titre"), required=False, max_length=80)
    text = _rich(_("Récit"))

    class Meta:
        form_layout = _layout("title", "text")
        icon = "pilcrow"
        label = _("Récit")


class FindingBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Ce que l’on cherche"), max_length=80)
    result = _rich(_("Ce que l’on trouve"))


class FindingsBlock(StepBlock, GoingOn):
    intro = blocks.CharBlock(label=_("Consigne"), max_length=200)
    items = blocks.ListBlock(FindingBlock(), label=_("À demander"), min_num=1)

    class Meta:
        form_layout = _layout("intro", "items")
        icon = "search"
        label = _("Interrogatoire et examen, à la demande")


class FigureBlock(StepBlock, GoingOn):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Ce que montre l’image"),
        required=False,
        max_length=300,
        help_text=_("Pour qui ne la voit pas."),
    )
    caption = blocks.CharBlock(label=_("Légende"), required=False, max_length=200)
    evidence = _evidence()

    class Meta:
        form_layout = _layout("image", "alt", "caption", "evidence")
        icon = "image"
        label = _("Figure")


class ToolBlock(StepBlock, GoingOn):
    tool = SnippetChooserBlock("training.ClinicalTool", label=_("Outil clinique"))
    text = _rich(_("Comment s’en servir ici"), required=False)

    class Meta:
        form_layout = _layout("tool", "text")
        icon = "clipboard-list"
        label = _("Outil clinique")


class OptionBlock(blocks.StructBlock):
    """One option, with all that is shown only after the answer."""

    text = blocks.CharBlock(label=_("Réponse proposée"), max_length=240)
    verdict = blocks.ChoiceBlock(
        label=_("Verdict"),
        choices=[(v.value, label) for v, label in VERDICTS.items()],
        default=Verdict.WRONG.value,
    )
    feedback = _rich(_("Explication"), required=False, help_text=_("Sans elle, pas de publication"))
    evidence = _evidence()
    target = blocks.CharBlock(
        label=_("Mène au repère"),
        required=False,
        max_length=40,
        help_text=_("Vide : comme la décision."),
    )
    own_words = blocks.BooleanBlock(
        label=_("Demande quelques mots"), required=False, help_text=_("Pour « autre ».")
    )
    forms = blocks.TextBlock(
        label=_("Autres formulations reconnues"),
        required=False,
        help_text=_("QROC : une par ligne."),
    )
    otherwise = blocks.BooleanBlock(
        label=_("Toute autre réponse"), required=False, help_text=_("QROC : la dernière option.")
    )

    class Meta:
        form_layout = blocks.BlockGroup(
            [
                "text",
                "verdict",
                "feedback",
                "evidence",
                _folded(["target", "own_words", "forms", "otherwise"], _("Cas particuliers")),
            ]
        )
        icon = "radio-full"
        label = _("Option")
        label_format = "{text}"


class DecisionBlock(StepBlock, GoingOn):
    answering = blocks.ChoiceBlock(
        label=_("Forme"),
        choices=[(a.value, label) for a, label in ANSWERINGS.items()],
        default=Answering.ONE.value,
    )
    stem = blocks.CharBlock(label=_("Question"), max_length=300)
    options = blocks.ListBlock(
        OptionBlock(), label=_("Options"), help_text=_("À mettre en ordre : dans le bon ordre.")
    )
    explanation = _rich(_("Ce qu’il faut comprendre"), required=False)
    evidence = _evidence()

    class Meta:
        form_layout = _layout("stem", "answering", "options", "explanation", "evidence")
        icon = "help"
        label = _("Décision")
        label_format = "{stem}"


class TakeHomeBlock(StepBlock):
    points = blocks.ListBlock(
        blocks.CharBlock(label=_("Point"), max_length=240), label=_("À retenir"), min_num=1
    )
    evidence = _evidence()

    class Meta:
        form_layout = _layout("points", "evidence", folded=("name",))
        icon = "tick"
        label = _("À retenir (fin du cas)")


STEPS = [
    ("narrative", NarrativeBlock()),
    ("findings", FindingsBlock()),
    ("figure", FigureBlock()),
    ("tool", ToolBlock()),
    ("decision", DecisionBlock()),
    ("take_home", TakeHomeBlock()),
]
QUESTIONS = [("decision", DecisionBlock())]
