"""The answer to a question: what was picked, and how sure one is. It judges nothing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from training.enums import Answering, Certainty, Unanswered
from training.models.runs import CERTAINTIES
from training.rules.certainty import WHEN_RIGHT, WHEN_WRONG
from training.selectors.feedback import signed
from training.selectors.screen import Asked
from training.wording import UNANSWERED

LONGEST_WORDS = 300
LEGENDS = {
    Answering.ONE: _("Votre réponse"),
    Answering.SEVERAL: _("Vos réponses (plusieurs sont possibles)"),
    Answering.SHORT: _("Votre réponse, en quelques mots"),
}


class AskingWords:
    """Marks the choices that ask for a few words, so that their field stands aside till then."""

    asking: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        if str(value) in self.asking:
            option["attrs"]["data-words"] = True
        return option


class OneChoice(AskingWords, forms.RadioSelect):
    pass


class SeveralChoices(AskingWords, forms.CheckboxSelectMultiple):
    pass


class AnswerForm(forms.Form):
    """Built on the question as asked: it knows no more than the page."""

    step = forms.UUIDField(widget=forms.HiddenInput)
    certainty = forms.TypedChoiceField(
        label=_("À quel point êtes-vous sûr de vous\u202f?"),
        help_text=_("Dites ce que vous pensez vraiment\u00a0: c’est ce qui rapporte le plus."),
        choices=[(c.value, label) for c, label in CERTAINTIES.items()],
        coerce=lambda value: Certainty(int(value)),
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites à quel point vous êtes sûr.")},
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.initial = asked, {"step": asked.step}
        answer = self._answer_fields()
        self.fields = {"step": self.fields["step"], **answer, "certainty": self.fields["certainty"]}

    @property
    def ranks(self) -> list[Any]:
        """The fields of an order, as shown: (option, its rank)."""
        return [(each, self[rank_of(each.letter)]) for each in self.asked.options]

    def chosen(self) -> list[str]:
        """Option ids, in the order given; none for a short answer. After `is_valid`."""
        data = self.cleaned_data
        match self.asked.answering:
            case Answering.ONE:
                return [data["choice"]]
            case Answering.SEVERAL:
                return list(data["choice"])
            case Answering.ORDER:
                options = self.asked.options
                return [o.id for o in sorted(options, key=lambda o: data[rank_of(o.letter)])]
            case _:
                return []

    def refuse(self, code: Unanswered) -> None:
        """Say beside the answer why it cannot be taken."""
        first = next(name for name in self.fields if name != "step")
        self.add_error(first, str(UNANSWERED[code]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.asked.answering is Answering.ORDER:
            self._check_ranks(cleaned)
        elif self.asked.asks_words:
            self._check_words(cleaned)
        return cleaned

    def _answer_fields(self) -> dict[str, forms.Field]:
        options = [(option.id, option.text) for option in self.asked.options]
        empty = {"required": UNANSWERED[Unanswered.EMPTY]}
        match self.asked.answering:
            case Answering.ORDER:
                return {rank_of(o.letter): self._rank(o.text) for o in self.asked.options}
            case Answering.SHORT:
                label = LEGENDS[Answering.SHORT]
                written = {"required": _("Écrivez votre réponse en quelques mots.")}
                return {
                    "words": forms.CharField(
                        label=label, max_length=LONGEST_WORDS, error_messages=written
                    )
                }
            case answering:
                make: Callable[..., forms.Field] = forms.ChoiceField
                widget: type[forms.Widget] = OneChoice
                if answering is Answering.SEVERAL:
                    make, widget = forms.MultipleChoiceField, SeveralChoices
                choice = make(
                    label=LEGENDS[answering], choices=options, widget=widget, error_messages=empty
                )
                choice.widget.asking = self._asking()  # type: ignore[attr-defined]
                return {"choice": choice} | self._words_field()

    def _asking(self) -> frozenset[str]:
        return frozenset(option.id for option in self.asked.options if option.own_words)

    def _words_field(self) -> dict[str, forms.Field]:
        asking = next((o.text for o in self.asked.options if o.own_words), None)
        if asking is None:
            return {}
        label = _("Si vous choisissez «\u00a0%(option)s\u00a0»\u00a0: dites-le en quelques mots")
        return {
            "words": forms.CharField(
                label=label % {"option": asking}, max_length=LONGEST_WORDS, required=False
            )
        }

    def _rank(self, label: str) -> forms.Field:
        ranks = range(1, len(self.asked.options) + 1)
        return forms.TypedChoiceField(
            label=label,
            choices=[("", "–"), *((rank, str(rank)) for rank in ranks)],
            coerce=int,
            widget=forms.Select(attrs={"class": "input"}),
            error_messages={"required": UNANSWERED[Unanswered.INCOMPLETE]},
        )

    def _check_ranks(self, cleaned: dict[str, Any]) -> None:
        """Each rank once: the second proposition that takes a rank is the one told."""
        taken: set[int] = set()
        for option in self.asked.options:
            name = rank_of(option.letter)
            rank = cleaned.get(name)
            if rank in taken:
                self.add_error(name, str(UNANSWERED[Unanswered.REPEATED]))
            elif rank is not None:
                taken.add(rank)

    def _check_words(self, cleaned: dict[str, Any]) -> None:
        chosen = cleaned.get("choice") or []
        picked = self._asking() & ({chosen} if isinstance(chosen, str) else set(chosen))
        if picked and not cleaned.get("words"):
            self.add_error("words", ValidationError(_("Dites-le en quelques mots.")))
        elif not picked:
            cleaned["words"] = ""


def rank_of(letter: str) -> str:
    """The name of the field that ranks an option."""
    return f"rank_{letter}"


def stakes() -> dict[str, str]:
    """What each certainty brings, by its value."""
    return {
        str(level.value): _("juste %(right)s, faux %(wrong)s")
        % {"right": signed(WHEN_RIGHT[level]), "wrong": signed(WHEN_WRONG[level])}
        for level in Certainty
    }
