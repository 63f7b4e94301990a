"""The training rules in French sentences: what is at fault, and how to mend it.

Codes and figures in, text out.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from training.enums import (
    Calibration,
    Effect,
    Flag,
    Flaw,
    Misasked,
    Missing,
    Severity,
    Unanswered,
)

SEVERITIES: dict[Severity, Promise] = {
    Severity.ERROR: _("À corriger avant de publier"),
    Severity.WARNING: _("À revoir"),
    Severity.ADVICE: _("Conseil"),
}

FLAWS: dict[Flaw, Promise] = {
    Flaw.NO_DECISION: _("Le cas ne demande aucune décision\u00a0: ajoutez-en une."),
    Flaw.REPEATED_NAME: _(
        "Le repère «\u00a0%(name)s\u00a0» est déjà celui d’une autre étape\u00a0: donnez-en un"
        " autre à celle-ci."
    ),
    Flaw.UNKNOWN_TARGET: _(
        "Aucune étape ne porte le repère «\u00a0%(name)s\u00a0»\u00a0: corrigez-le, ou donnez-le"
        " à une étape."
    ),
    Flaw.IDLE_TARGET: _(
        "Une option mène à «\u00a0%(name)s\u00a0», mais cette forme de question a une seule"
        " suite\u00a0: indiquez-la dans la décision, et videz le repère de l’option."
    ),
    Flaw.UNREACHABLE: _(
        "Aucun chemin ne mène à cette étape\u00a0: faites-y mener une option, ou retirez-la."
    ),
    Flaw.DEAD_END: _(
        "Un chemin s’arrête ici sans message à retenir\u00a0: indiquez où il mène, ou ajoutez une"
        " étape «\u00a0À retenir\u00a0»."
    ),
    Flaw.LOOP: _(
        "Cette étape ramène à «\u00a0%(name)s\u00a0», déjà vue\u00a0: on y tournerait sans fin,"
        " car la première réponse ne change plus. Faites-la mener plus loin."
    ),
    Flaw.NO_FEEDBACK: _(
        "Cette option n’a pas d’explication\u00a0: dites pourquoi elle convient ou non."
    ),
    Flaw.NO_KEY: _("Aucune option n’est juste\u00a0: donnez ce verdict à une option."),
    Flaw.SEVERAL_KEYS: _(
        "%(count)s options sont justes, mais on ne peut en choisir qu’une\u00a0: gardez la"
        " meilleure (les autres peuvent être «\u00a0défendables\u00a0»), ou passez à plusieurs"
        " réponses."
    ),
    Flaw.TOO_FEW_OPTIONS: _(
        "Le nombre d’options est %(count)s\u00a0: il en faut au moins %(limit)s."
    ),
    Flaw.TOO_MANY_OPTIONS: _(
        "%(count)s options\u00a0: au-delà de %(limit)s, on lit sans comparer. Retirez les moins"
        " plausibles."
    ),
    Flaw.TWIN_OPTIONS: _(
        "«\u00a0%(name)s\u00a0» se lit comme une autre option\u00a0: distinguez-les, ou"
        " retirez-en une."
    ),
    Flaw.NO_OTHERWISE: _(
        "Rien ne recueille les réponses inattendues\u00a0: ajoutez une option «\u00a0toute autre"
        " réponse\u00a0»."
    ),
    Flaw.VERDICT_OUT_OF_PLACE: _(
        "«\u00a0Indispensable\u00a0» et «\u00a0inacceptable\u00a0» ne comptent que dans une"
        " question à plusieurs réponses\u00a0: choisissez «\u00a0juste\u00a0» ou «\u00a0à"
        " éviter\u00a0»."
    ),
    Flaw.LONGEST_KEYS: _(
        "Dans les %(count)s décisions à réponse unique, la bonne réponse est la plus"
        " longue\u00a0: cela se remarque. Allongez d’autres options, ou abrégez les bonnes."
    ),
    Flaw.LONG_KEY: _(
        "La bonne réponse compte %(count)s signes, la plus longue des autres %(limit)s\u00a0:"
        " rapprochez-les."
    ),
    Flaw.REPEATED_CUE: _(
        "«\u00a0%(name)s\u00a0» est dans la question et dans la seule bonne réponse\u00a0: c’est"
        " un indice. Changez le mot d’un côté, ou reprenez-le dans une autre option."
    ),
    Flaw.ALL_OR_NONE: _(
        "«\u00a0Toutes\u00a0» ou «\u00a0aucune\u00a0» des réponses se devine sans savoir\u00a0:"
        " proposez une vraie option, ou passez à plusieurs réponses."
    ),
    Flaw.ABSOLUTE_WORD: _(
        "«\u00a0%(name)s\u00a0» est absolu, donc presque toujours faux en clinique\u00a0:"
        " nuancez, ou précisez."
    ),
    Flaw.NEGATIVE_STEM: _(
        "La question est négative\u00a0: on se trompe en la lisant. Demandez ce qui convient."
    ),
    Flaw.NO_SOURCE: _(
        "Cette figure n’a pas de source\u00a0: citez une fiche de preuve qui porte une référence."
    ),
    Flaw.NO_EVIDENCE: _("Rien n’est cité à l’appui\u00a0: ajoutez une fiche de preuve."),
    Flaw.UNKNOWN_CARD: _(
        "La fiche de preuve citée n’existe plus\u00a0: retirez-la ou remplacez-la."
    ),
    Flaw.CARD_WITHOUT_REFERENCE: _(
        "La fiche de preuve citée n’a ni DOI ni identifiant officiel\u00a0: complétez la fiche."
    ),
    Flaw.REVIEW_OVERDUE: _(
        "La fiche de preuve citée devait être relue\u00a0: relisez-la et fixez la prochaine date."
    ),
    Flaw.CARD_TO_VERIFY: _(
        "La fiche de preuve citée sera montrée «\u00a0à vérifier\u00a0» tant qu’elle n’est pas"
        " signée."
    ),
    Flaw.NO_ALT: _(
        "L’image n’est pas décrite\u00a0: dites ce qu’elle montre à qui ne la voit pas."
    ),
    Flaw.NO_POINTS: _("Il n’y a rien à retenir\u00a0: écrivez au moins un point."),
    Flaw.LONG_STEM: _(
        "La question compte %(count)s mots (au plus %(limit)s)\u00a0: racontez dans une étape"
        " «\u00a0Récit\u00a0», demandez ici."
    ),
    Flaw.LONG_NARRATIVE: _(
        "Ce récit compte %(count)s mots (au plus %(limit)s pour un écran)\u00a0: coupez-le en deux"
        " étapes."
    ),
    Flaw.LONG_SENTENCES: _(
        "Les phrases ont en moyenne %(count)s mots (au plus %(limit)s)\u00a0: coupez les plus"
        " longues."
    ),
    Flaw.HARD_TO_READ: _(
        "Ce texte est difficile à lire (indice de Kandel et Moles\u00a0: %(count)s, souhaité\u00a0:"
        " %(limit)s au moins)\u00a0: préférez des mots et des phrases plus courts."
    ),
}

CALIBRATIONS: dict[Calibration, Promise] = {
    Calibration.NOT_ENOUGH: _("Moins de cinq réponses\u00a0: trop peu pour en juger."),
    Calibration.CALIBRATED: _("Rien ne montre que votre certitude soit mal placée."),
    Calibration.OVER_CONFIDENT: _(
        "Vous avez moins souvent raison que cette certitude ne l’annonce."
    ),
    Calibration.UNDER_CONFIDENT: _(
        "Vous avez plus souvent raison que cette certitude ne l’annonce\u00a0: osez davantage."
    ),
}

FLAGS: dict[Flag, Promise] = {
    Flag.TOO_EASY: _("Presque tout le monde a juste\u00a0: cette question n’apprend rien de plus."),
    Flag.TOO_HARD: _(
        "Moins d’un quart du crédit est obtenu\u00a0: vérifiez la réponse attendue et la question."
    ),
    Flag.WEAK_DISCRIMINATION: _(
        "La réussite ici dit peu de la réussite au reste\u00a0: précisez la question."
    ),
    Flag.NEGATIVE_DISCRIMINATION: _(
        "Ceux qui réussissent le reste échouent ici\u00a0: vérifiez la réponse attendue."
    ),
    Flag.IDLE_DISTRACTOR: _("Presque personne ne choisit cette option\u00a0: remplacez-la."),
    Flag.RIVAL_DISTRACTOR: _(
        "Cette option est plus choisie que la bonne\u00a0: vérifiez le verdict, ou renforcez"
        " l’explication."
    ),
    Flag.SURE_AND_WRONG: _(
        "Plus d’une réponse sur cinq est sûre et fausse\u00a0: une idée reçue est à reprendre en"
        " leçon."
    ),
}

FLAG_NAMES: dict[Flag, Promise] = {
    Flag.TOO_EASY: _("Trop facile"),
    Flag.TOO_HARD: _("Trop difficile"),
    Flag.WEAK_DISCRIMINATION: _("Discrimine peu"),
    Flag.NEGATIVE_DISCRIMINATION: _("Discrimine à l’envers"),
    Flag.IDLE_DISTRACTOR: _("Option inutile"),
    Flag.RIVAL_DISTRACTOR: _("Option rivale"),
    Flag.SURE_AND_WRONG: _("Sûrs et faux"),
}

EFFECTS: dict[Effect, Promise] = {
    Effect.TOO_FEW: _("Moins de dix personnes mesurées\u00a0: rien n’est montré."),
    Effect.IMPROVED: _(
        "Progrès\u00a0: l’intervalle de la différence est tout entier au-dessus de zéro."
    ),
    Effect.NO_EFFECT_SHOWN: _(
        "Aucun effet démontré\u00a0: l’intervalle de la différence contient zéro."
    ),
    Effect.WORSENED: _("Recul\u00a0: l’intervalle de la différence est tout entier sous zéro."),
}

UNANSWERED: dict[Unanswered, Promise] = {
    Unanswered.EMPTY: _("Choisissez ou écrivez une réponse."),
    Unanswered.UNKNOWN: _("Cette réponse n’est pas de cette question\u00a0: rechargez la page."),
    Unanswered.REPEATED: _("Une même réponse est donnée deux fois\u00a0: retirez-en une."),
    Unanswered.MORE_THAN_ONE: _("Choisissez une seule réponse."),
    Unanswered.INCOMPLETE: _("Donnez une place à chaque proposition."),
    Unanswered.UNRECOGNISED: _("Cette réponse n’est pas reconnue\u00a0: dites-la autrement."),
}

MISASKED: dict[Misasked, tuple[str, Promise]] = {
    Misasked.UNWRITTEN: ("text", _("Écrivez cette réponse.")),
    Misasked.REPEATED: ("text", _("Cette réponse est déjà proposée.")),
    Misasked.TOO_FEW: ("text", _("Proposez au moins deux réponses.")),
    Misasked.NONE_RIGHT: ("right", _("Cochez au moins une bonne réponse.")),
}
"""The field of the choice beside which it is told, and the words."""

MISSING: dict[Missing, Promise] = {
    Missing.PRETEST: _("Répondre au test de départ"),
    Missing.LESSONS: _("Lire toutes les leçons"),
    Missing.VIGNETTES: _("Terminer toutes les vignettes"),
    Missing.POSTTEST: _("Répondre au test final"),
    Missing.MARK: _("Atteindre le seuil de réussite du test final"),
}


def sentence(code: Flaw, figures: Mapping[str, str | int]) -> str:
    """A remark as one sentence to the author: the flaw, then how to mend it."""
    return str(FLAWS[code]) % figures
