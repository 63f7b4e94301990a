"""What changed in a care plan, in plain words."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.enums import ActionStatus, PlanRow
from network.models.plan import ACTION_STATUSES
from network.rules.plan import Change, Kind, Leaf, Value, Who
from portal.kit.words import MONTHS, NBSP, ordinal_day, plain_day, typeset

type Words = str | Promise

ADDED: dict[PlanRow, Words] = {
    PlanRow.PROBLEM: gettext_lazy("Problème ajouté\u00a0: %(title)s"),
    PlanRow.OBJECTIVE: gettext_lazy("Objectif ajouté\u00a0: %(title)s"),
    PlanRow.ACTION: gettext_lazy("Action ajoutée\u00a0: %(title)s"),
}
REMOVED: dict[PlanRow, Words] = {
    PlanRow.PROBLEM: gettext_lazy("Problème retiré\u00a0: %(title)s"),
    PlanRow.OBJECTIVE: gettext_lazy("Objectif retiré\u00a0: %(title)s"),
    PlanRow.ACTION: gettext_lazy("Action retirée\u00a0: %(title)s"),
}
REWORDED: dict[PlanRow, Words] = {
    PlanRow.PROBLEM: gettext_lazy("Problème reformulé\u00a0: « %(before)s » devient « %(after)s »"),
    PlanRow.OBJECTIVE: gettext_lazy(
        "Objectif reformulé\u00a0: « %(before)s » devient « %(after)s »"
    ),
    PlanRow.ACTION: gettext_lazy("Action reformulée\u00a0: « %(before)s » devient « %(after)s »"),
}
MOVED: dict[PlanRow, Words] = {
    PlanRow.OBJECTIVE: gettext_lazy("Objectif rattaché à un autre problème\u00a0: %(title)s"),
    PlanRow.ACTION: gettext_lazy("Action rattachée à un autre objectif\u00a0: %(title)s"),
}
STATUS: dict[ActionStatus, Words] = {
    ActionStatus.TO_DO: gettext_lazy("Action de nouveau à faire\u00a0: %(title)s"),
    ActionStatus.UNDER_WAY: gettext_lazy("Action commencée\u00a0: %(title)s"),
    ActionStatus.DONE: gettext_lazy("Action faite\u00a0: %(title)s"),
    ActionStatus.DROPPED: gettext_lazy("Action abandonnée\u00a0: %(title)s"),
}
# (set, changed, taken away)
LEAVES: dict[Leaf, tuple[Words, Words, Words]] = {
    Leaf.WHO: (
        gettext_lazy("%(after)s s’en charge\u00a0: %(title)s"),
        gettext_lazy("%(after)s prend la suite de %(before)s\u00a0: %(title)s"),
        gettext_lazy("Plus personne n’en est chargé\u00a0: %(title)s"),
    ),
    Leaf.DUE_ON: (
        gettext_lazy("Échéance fixée au %(after)s\u00a0: %(title)s"),
        gettext_lazy("Échéance déplacée du %(before)s au %(after)s\u00a0: %(title)s"),
        gettext_lazy("Échéance du %(before)s retirée\u00a0: %(title)s"),
    ),
    Leaf.WHY: (
        gettext_lazy("Raison de l’abandon\u00a0: %(after)s (%(title)s)"),
        gettext_lazy("Raison de l’abandon reformulée\u00a0: %(after)s (%(title)s)"),
        gettext_lazy("Raison de l’abandon retirée\u00a0: %(title)s"),
    ),
    Leaf.PRIORITIES: (
        gettext_lazy("Ce qui compte pour la personne\u00a0: %(after)s"),
        gettext_lazy("Ce qui compte pour la personne, maintenant\u00a0: %(after)s"),
        gettext_lazy("Ce qui compte pour la personne\u00a0: texte retiré"),
    ),
    Leaf.PREFERENCES: (
        gettext_lazy("Préférences\u00a0: %(after)s"),
        gettext_lazy("Préférences, maintenant\u00a0: %(after)s"),
        gettext_lazy("Préférences\u00a0: texte retiré"),
    ),
    Leaf.ALERT: (
        gettext_lazy("En cas d’alerte\u00a0: %(after)s"),
        gettext_lazy("En cas d’alerte, maintenant\u00a0: %(after)s"),
        gettext_lazy("En cas d’alerte\u00a0: consigne retirée"),
    ),
    Leaf.REFERENT: (
        gettext_lazy("Référent\u00a0: %(after)s"),
        gettext_lazy("Référent\u00a0: %(after)s, à la suite de %(before)s"),
        gettext_lazy("Plus de référent, après %(before)s"),
    ),
    Leaf.REVIEW_ON: (
        gettext_lazy("Plan à revoir le %(after)s"),
        gettext_lazy("Date de revue déplacée du %(before)s au %(after)s"),
        gettext_lazy("Date de revue du %(before)s retirée"),
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A change and its sentence. `details`: who and when, for a row that came or went."""

    change: Change
    sentence: str
    details: str = ""

    @property
    def kind(self) -> Kind:
        return self.change.kind


def tell(change: Change) -> Told:
    """The change as somebody would say it."""
    if change.kind == Kind.CHANGED:
        return Told(change, typeset(_changed(change)))
    sentences = ADDED if change.kind == Kind.ADDED else REMOVED
    sentence = str(sentences[change.row]) % {"title": change.title}
    return Told(change, typeset(sentence), _details(change))


def _changed(change: Change) -> str:
    leaf, before, after = change.leaf, change.before, change.after
    words = {
        "title": change.title,
        "before": _said(leaf, before, beside=after),
        "after": _said(leaf, after),
    }
    if leaf == Leaf.WORDS:
        return str(REWORDED[change.row]) % words
    if leaf == Leaf.UNDER:
        return str(MOVED[change.row]) % words
    if leaf == Leaf.STATUS:
        return str(STATUS[ActionStatus(str(after))]) % words
    fixed, moved, gone = LEAVES[leaf]
    if not words["after"]:
        return str(gone) % words
    return str(moved if words["before"] else fixed) % words


def _said(leaf: Leaf, value: Value, *, beside: Value = None) -> str:
    """A value in words; a day beside another of the same year leaves the year to it."""
    if isinstance(value, date):
        if isinstance(beside, date) and beside.year == value.year:
            return f"{ordinal_day(value)}{NBSP}{MONTHS[value.month - 1]}"
        return plain_day(value)
    if isinstance(value, Who):
        return value.name
    if leaf == Leaf.STATUS and value:
        return str(ACTION_STATUSES[ActionStatus(value)])
    return str(value or "")


def _details(change: Change) -> str:
    if change.row != PlanRow.ACTION:
        return ""
    values = {leaf: sides[change.kind == Kind.ADDED] for leaf, sides in change.leaves.items()}
    who, due_on = values[Leaf.WHO], values[Leaf.DUE_ON]
    said = [_said(Leaf.WHO, who)]
    if due_on:
        said.append(_("avant le %(day)s") % {"day": _said(Leaf.DUE_ON, due_on)})
    said.append(_said(Leaf.STATUS, values[Leaf.STATUS]))
    return ", ".join(filter(None, said))
