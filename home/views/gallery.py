"""Every component with its states, for whoever builds or reviews a page."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from home.chart import Point, draw, draw_bars
from portal.kit.days import DayChoiceField, DayInput
from portal.kit.navigation import Link
from portal.templatetags.ariane import euros

REFERENCE_DAY = date(2026, 11, 24)

NAVIGATION = [
    Link(_("Accueil"), "#nav", "home", current=True),
    Link(_("Noter un acte"), "#nav", "add"),
    Link(_("Mes actes"), "#nav", "file"),
    Link(_("Patients"), "#nav", "user"),
    Link(_("RCP"), "#nav", "people"),
    Link(_("Se former"), "#nav", "book"),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    done_on = forms.DateField(
        label=_("Date de la séance"),
        help_text=_("Par exemple 24/11/2026."),
        widget=forms.TextInput(attrs={"class": "w-date"}),
        error_messages={"invalid": _("Novembre a 30 jours : vérifiez le jour")},
    )
    patient = forms.CharField(
        label=_("Patient"),
        min_length=5,
        error_messages={"min_length": _("Choisissez un nom dans la liste")},
    )
    message = forms.CharField(
        label=_("Message au médecin"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    profession = forms.ChoiceField(
        label=_("Profession"),
        choices=[("", _("Choisir")), ("doctor", _("Médecin")), ("physio", _("Kinésithérapeute"))],
    )
    email = forms.EmailField(label=_("Adresse mail"))
    password = forms.CharField(label=_("Mot de passe"), widget=forms.PasswordInput)
    from_day = forms.DateField(label=_("Depuis le"), widget=DayInput)
    place = forms.ChoiceField(
        label=_("Lieu"),
        widget=forms.RadioSelect,
        choices=[("site", _("Sur place")), ("video", _("En vidéo"))],
        initial="site",
    )
    kind = forms.ChoiceField(
        label=_("Acte"),
        widget=forms.RadioSelect,
        choices=[("remob", _("Remobilisation fonctionnelle")), ("rcp", _("Présence en RCP"))],
        initial="remob",
    )
    sure = forms.ChoiceField(
        label=_("À quel point êtes-vous sûr de vous ?"),
        widget=forms.RadioSelect,
        choices=[("1", _("Peu sûr")), ("2", _("Assez sûr")), ("3", _("Très sûr"))],
        initial="2",
    )
    days = forms.MultipleChoiceField(
        label=_("Jours possibles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("mon", _("Lundi")), ("tue", _("Mardi"))],
    )
    agree = forms.BooleanField(
        label=_("J’accepte que mon médecin reçoive le compte rendu"),
        help_text=_("Vous pourrez changer d’avis."),
        required=False,
    )
    when = DayChoiceField(label=_("Jour de la séance"), today=REFERENCE_DAY)


def _samples() -> dict[str, Any]:
    wrong = SampleForm({"wrong-done_on": "31/11/2026", "wrong-patient": "Aubr"}, prefix="wrong")
    wrong.fields = {name: wrong.fields[name] for name in ("done_on", "patient")}
    wrong.full_clean()
    amount = euros(Decimal(30))
    return {
        "navigation": NAVIGATION,
        "answers": [Message(constants.SUCCESS, str(_("Votre place est réservée.")))],
        "form": SampleForm(),
        "wrong": wrong,
        "amounts": {"remob": amount, "rcp": euros(Decimal(50))},
        "places": {"site": _("Paris, ascenseur · 4 places"), "video": _("Depuis chez vous")},
        "amount": amount,
        "totals": [
            {"label": _("À contrôler"), "figure": euros(9840), "note": _("212 demandes")},
            {"label": _("Sans exception"), "figure": euros(8615), "note": _("187, prêtes")},
            {"label": _("Avec exception"), "figure": euros(1225), "note": _("25, à lire")},
            {"label": _("Reste de l’enveloppe"), "figure": euros(41380)},
        ],
        "facts": [
            (_("Quand"), _("jeudi 3 décembre, 14 h 30")),
            (_("Places"), _("4 sur 10")),
        ],
        "columns": [
            {"label": _("Patient")},
            {"label": _("Séances")},
            {"label": _("Mois")},
            {"label": _("Montant"), "end": True},
        ],
        "rows": [
            ["Mme Aubrac", 3, _("novembre"), euros(90)],
            ["M. Delorme", 1, _("novembre"), amount],
        ],
        "foot": {"label": _("Total"), "value": euros(120)},
        "page": Paginator(range(212), 5).page(2),
        "chips": [
            {"href": "#chips", "label": _("Toutes"), "count": 212, "current": True},
            {"href": "#chips", "label": _("Exceptions"), "count": 25},
        ],
        "steps": [_("Atelier"), _("Séance"), _("Confirmation")],
        "timeline": [
            {"when": _("23 janvier"), "title": _("Incluse"), "note": _("Décision en 9 jours")},
            {
                "when": _("Aujourd’hui"),
                "title": _("Soins en cours"),
                "note": _("7 séances sur 10"),
                "state": "now",
            },
            {
                "when": _("23 avril 2027"),
                "title": _("Fin de suivi"),
                "note": _("Lettre au médecin traitant"),
                "state": "next",
            },
        ],
        "todo": [
            {
                "href": "#todo",
                "title": _("Signer le compte rendu de la RCP du 12 novembre"),
                "note": _("Mme Renaudin · 75,00 € en attente de votre signature"),
                "state": "wait",
                "label": _("Avant le 12 déc."),
            },
            {
                "href": "#todo",
                "title": _("Lire la lettre de liaison"),
                "note": _("M. Delorme"),
                "state": "info",
                "label": _("Reçue hier"),
            },
        ],
        "checks": [
            {"ok": True, "label": _("Plan de soins modifié le 12 novembre")},
            {"ok": False, "label": _("Compte rendu non signé")},
        ],
        "personas": [
            {
                "value": "gp",
                "title": _("Médecin traitant"),
                "note": _("Noter un acte, adresser, signer une RCP"),
            },
            {
                "value": "patient",
                "title": _("Patiente"),
                "note": _("Réserver un atelier, lire son plan"),
                "seal": "Pa",
            },
        ],
        "doors": [{"href": "#doors", "icon": "people", "label": _("Mes consultations")}],
        "links": [
            {"href": "#links", "label": _("Réserver un atelier")},
            {"href": "#links", "label": _("Préparer mon premier rendez-vous")},
        ],
        "agenda": [
            {
                "day": _("9 déc."),
                "detail": _("2026, 20 h 30"),
                "title": _("COVID long : repérer et traiter"),
                "href": "#agenda",
                "note": _("Ouvert à tous les soignants · 1 heure"),
            }
        ],
        "queue": [
            {
                "days": _("− 1 jour"),
                "detail": _("en retard"),
                "urgency": "late",
                "title": "Mme Chérif",
                "note": _("Fibromyalgie · adressée par le Dr Vasseur"),
                "state": "bad",
                "label": _("À décider maintenant"),
                "href": "#queue",
                "action": _("Décider"),
            },
            {
                "days": _("3 jours"),
                "detail": _("d’ici vendredi"),
                "urgency": "soon",
                "title": "Mme Oury",
                "note": _("Endométriose · Dr Sabatier"),
                "state": "ok",
                "label": _("4 pièces sur 4"),
                "href": "#queue",
                "action": _("Décider"),
            },
        ],
        "spans": [
            {
                "label": _("Médecins"),
                "figure": "62 %",
                "interval": "55 à 69 %",
                "low": 55,
                "at": 62,
                "high": 69,
            },
            {"label": _("Kinésithérapeutes"), "missing": 8},
        ],
        "beside": draw_bars(
            [Point("Melun", "30\u00a0jours", 30), Point("Évry", "12\u00a0jours", 12)], 14
        )[0],
        "over_time": draw([Point("T3 26", "4", 4), Point("T4 26", "9", 9, current=True)]),
        "bars": [
            {
                "label": _("Chercher une douleur neuropathique"),
                "percent": 54,
                "best": True,
                "mine": True,
                "tag": _("Votre réponse"),
            },
            {"label": _("Rassurer"), "percent": 12},
        ],
        "calibration": [
            {
                "label": _("Très sûr"),
                "claim": _("plus de 80\u00a0%"),
                "right": 9,
                "count": 20,
                "share": 45,
                "low": 25.8,
                "width": 40.0,
                "band_from": 80,
                "band_width": 20,
                "state": "wait",
                "finding": _("Vous avez moins souvent raison que cette certitude ne l’annonce."),
            },
            {
                "label": _("Peu sûr"),
                "claim": _("moins de 67\u00a0%"),
                "right": 1,
                "count": 3,
                "share": None,
                "band_from": 0,
                "band_width": 66.7,
                "state": "none",
                "finding": _("Moins de cinq réponses\u00a0: trop peu pour en juger."),
            },
        ],
        "share": _("47 à 57 %"),
        "evidence": [
            {"state": "info", "label": _("Chiffre présenté en 2021")},
            {"state": "wait", "label": _("Mise à jour à relire")},
        ],
    }


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Open to anybody in the demo, to every signed-in person elsewhere."""
    if not settings.DEMO and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    theme = request.GET.get("theme", "")
    return render(
        request,
        "home/gallery.html",
        _samples() | {"theme": theme if theme in ("light", "dark") else ""},
    )
