"""The pages of the stand-in: where one pays, and its desk (disputes, payouts)."""

from html import escape

from .books import Books, Thing, balance

CARDS = [
    ("4242424242424242", "Carte acceptée"),
    ("4000000000000002", "Carte refusée par la banque"),
    ("4000000000009995", "Provision insuffisante"),
    ("4000000000000259", "Carte acceptée, puis paiement contesté"),
    ("4000007560000009", "Carte suisse, frais plus élevés"),
]
REFUSALS = {
    "card_declined": "La banque refuse cette carte. Choisissez-en une autre.",
    "insufficient_funds": "Provision insuffisante. Choisissez une autre carte.",
    "invalid_number": "Choisissez une carte.",
    "expired": "Cette page de paiement n’est plus ouverte.",
}
STYLE = """
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;font:1.0625rem/1.5 system-ui,sans-serif;color:light-dark(#1f2730,#eef1f4);
background:light-dark(#f5f3f0,#161b21)}
main{max-width:32rem;margin:0 auto;padding:1.5rem 1rem 4rem}
.sheet{background:light-dark(#fff,#212830);border-radius:.75rem;padding:1.25rem;margin:1rem 0}
h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 1rem}
.sum{font-size:2rem;font-weight:600;margin:0}
.mark{background:light-dark(#fdf0cf,#4a3b10);padding:.5rem .75rem;border-radius:.5rem;margin:0}
fieldset{border:0;padding:0;margin:1rem 0}
legend{font-weight:600;padding:0}
label{display:flex;gap:.75rem;align-items:center;min-height:2.75rem}
input{width:1.25rem;height:1.25rem;margin:0;accent-color:#94305f}
button{font:inherit;font-weight:600;width:100%;min-height:3rem;border:0;border-radius:.5rem;
background:#94305f;color:#fff;cursor:pointer}
a{color:light-dark(#7b2450,#f0a8c8)}
.bad{border-left:.3rem solid light-dark(#b3261e,#ff8a80);padding:.25rem .75rem}
:focus-visible{outline:3px solid light-dark(#1f2730,#fff);outline-offset:3px}
table{width:100%;border-collapse:collapse}th,td{text-align:left;padding:.35rem .5rem .35rem 0}
""".strip()
FRAME = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css"></head><body><main>
<p class="mark">Service de paiement d’essai\u00a0: aucune carte n’est débitée.</p>
{body}</main></body></html>"""


def euros(cents: int) -> str:
    """« 1 234,50 € »."""
    whole, rest = divmod(abs(cents), 100)
    sign = "−" if cents < 0 else ""
    return f"{sign}{whole:,}".replace(",", "\u202f") + f",{rest:02d}\u00a0€"


def page(title: str, body: str) -> bytes:
    return FRAME.format(title=escape(title), body=body).encode()


def checkout(session: Thing, refused: str = "") -> bytes:
    """Where one pays, with what went wrong the time before."""
    back = escape(session["cancel_url"] or session["success_url"])
    if session["status"] != "open":
        body = (
            "<h1>Cette page de paiement est fermée</h1>"
            f'<p><a href="{back}">Revenir à l’inscription</a></p>'
        )
        return page("Paiement fermé", body)
    choices = "".join(
        f'<label><input type="radio" name="card" value="{number}"{" checked" if not n else ""}>'
        f"<span>{name}<br><small>{number[:4]} •••• •••• {number[-4:]}</small></span></label>"
        for n, (number, name) in enumerate(CARDS)
    )
    told = f'<p class="bad" role="alert">{REFUSALS.get(refused, refused)}</p>' if refused else ""
    body = (
        f"<h1>{escape(session['_label'])}</h1>"
        f'<p class="sum">{euros(session["amount_total"])}</p>'
        f'<form method="post" class="sheet">{told}<fieldset><legend>Carte d’essai</legend>'
        f"{choices}</fieldset><button>Payer {euros(session['amount_total'])}</button></form>"
        f'<p><a href="{back}">Revenir sans payer</a></p>'
    )
    return page("Payer par carte", body)


def desk(books: Books) -> bytes:
    """What happened, and what a visitor may make happen."""
    disputes = "".join(
        f"<li>{euros(each['amount'])}\u00a0: {_verdict(each)}</li>" for each in books.all("dispute")
    )
    moves = "".join(
        f"<tr><th scope='row'>{each['type']}</th><td>{euros(each['amount'])}</td>"
        f"<td>{euros(each['fee'])}</td><td>{euros(each['net'])}</td></tr>"
        for each in books.all("balance_transaction")
    )
    body = (
        "<h1>Guichet du service d’essai</h1>"
        f"<p>Solde\u00a0: <strong>{euros(balance(books))}</strong></p>"
        '<form method="post" action="/stand-in/payout" class="sheet">'
        "<button>Verser le solde à la banque</button></form>"
        f"<h2>Contestations</h2><ul>{disputes or '<li>Aucune</li>'}</ul>"
        "<h2>Mouvements</h2><table><thead><tr><th scope='col'>Nature</th><th scope='col'>Brut</th>"
        f"<th scope='col'>Frais</th><th scope='col'>Net</th></tr></thead><tbody>{moves}</tbody>"
        "</table>"
    )
    return page("Guichet du service d’essai", body)


def _verdict(dispute: Thing) -> str:
    if dispute["status"] in {"won", "lost"}:
        return "écartée" if dispute["status"] == "won" else "perdue"
    action = f"/stand-in/dispute/{dispute['id']}"
    return (
        f'<form method="post" action="{action}/won"><button>Le réseau a gain de cause</button>'
        f'</form><form method="post" action="{action}/lost"><button>Le payeur a gain de cause'
        "</button></form>"
    )
