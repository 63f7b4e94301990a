"""A statement of the demo: a professional's messy spreadsheet of last month, waiting to be read."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Count

from fees.actions.statements import receive_statement
from fees.enums import Kind
from fees.models import Act
from fees.models.schedule import KINDS
from home.demo_data.calendar import at
from home.demo_data.people import CONTROLLER
from home.demo_data.story import Story
from network.models import Professional
from portal.kit import words
from portal.kit.dates import add_months


def plan_statements(story: Story) -> None:
    """On the reference morning, at the accountants' desk."""
    story.then(at(story.calendar.reference, 8, 30), partial(_receive, story))


def _receive(story: Story, now: datetime) -> None:
    """The statement of whoever noted most acts last month."""
    month = add_months(now.date().replace(day=1), -1)
    acts = Act.objects.live().done_in(month, add_months(month, 1))
    acts = acts.filter(kind__in=[kind for kind in Kind if not kind.is_rcp])
    busiest = (
        acts.order_by()
        .values("professional")
        .annotate(count=Count("pk"))
        .order_by("-count", "professional")
        .first()
    )
    if busiest is None:
        return
    own = acts.filter(professional=busiest["professional"]).select_related("patient")
    receive_statement(
        professional=Professional.objects.get(pk=busiest["professional"]),
        month=month,
        name=f"Relevé {words.month(month)} DEF (2).csv",
        content=messy(list(own.order_by("done_on", "pk")), month).encode("cp1252"),
        by=story.users[CONTROLLER],
        now=now,
    )


def messy(acts: Sequence[Act], month: date) -> str:
    """The acts as somebody tired would claim them: a letterhead, titles, slips, a wrong total."""
    total = 0
    rows = [
        f"RELEVÉ D’HONORAIRES;;;;{words.month(month)}",
        ";;;;",
        "Date séance;NOM Prénom;Nature;Obs.;Montant (€)",
    ]
    for row, cents in _slips(acts, month):
        rows.append(row)
        total += cents
    rows += [";;;;", f";TOTAL;;;{(total + 2000) // 100},00 €", "Certifié sincère;;;;"]
    return "\r\n".join(rows)


def _slips(acts: Sequence[Act], month: date) -> Iterator[tuple[str, int]]:
    """Each act with a slip of its own, the last one forgotten; then lines that nothing explains."""
    for rank, act in enumerate(acts[:-1] if len(acts) > 2 else acts):
        day, cents = act.done_on, int(act.amount * 100)
        name = f"{act.patient.birth_name.upper()} {act.patient.first_name}"
        match rank % 6:
            case 1:
                cents += 1000
            case 2:
                day += timedelta(days=1)
            case 3:
                name = name[:-2] + name[-1]
            case 4:
                name = f"{act.patient.first_name} {act.patient.birth_name}"
        said = f"{day:%d/%m/%y}" if rank % 2 else words.plain_day(day)
        line = f"{said};{name};{KINDS[Kind(act.kind)]};;{cents // 100},{cents % 100:02d} €"
        yield line, cents
        if rank == 0:
            yield line, cents  # written twice
    kind = KINDS[Kind(acts[0].kind)]
    known = f"{acts[0].patient.birth_name.upper()} {acts[0].patient.first_name}"
    yield f"{month.replace(day=28):%d/%m/%Y};Quinoux Maëlle;{kind};nouvelle;50,00 €", 5000
    yield f"fin {words.MONTHS[month.month - 1]};{known};{kind};;30,00 €", 3000
    yield f"{month.replace(day=27):%d/%m/%Y};{known};{kind};rattrapage;30,00 €", 3000
