"""The directory of the demo: structures with their waits, as their sheets tell."""

from datetime import datetime, time

from home.demo_data.calendar import PARIS, Calendar
from home.demo_data.sheets import ResourceLine, StructureLine
from network.actions.directory import note_wait
from network.models import Resource, Structure
from network.rules.directory import WaitSource
from portal.kit.dates import add_years


def load_directory(calendar: Calendar) -> None:
    """Holders first, then their satellites; each wait as it became known."""
    lines = sorted(StructureLine.all(), key=lambda line: bool(line.parent))
    for line in lines:
        structure = Structure.objects.create(
            name=line.name,
            kind=line.kind,
            parent=Structure.objects.get(name=line.parent) if line.parent else None,
            hospital=line.hospital,
            address=line.address,
            postcode=line.postcode,
            city=line.city,
            department=line.department,
            latitude=line.latitude,
            longitude=line.longitude,
            finess=line.finess,
            in_contract=line.contract == "oui",
            label_from=calendar.day(line.label_from) if line.label_from else None,
            label_to=calendar.day(line.label_to) if line.label_to else None,
            populations=_codes(line.populations),
            specialities=_codes(line.specialities),
            techniques=_codes(line.techniques),
            fast_tracks=_codes(line.fast_tracks),
            catchment=line.catchment,
            tele_expertise=line.tele == "oui",
            second_opinion=line.second == "oui",
            phone=line.phone,
            professional_phone=line.professional_phone,
            email=line.email,
            referral_documents=line.documents,
            verified_on=calendar.day(line.verified),
            verified_by="la structure",
        )
        day = calendar.day(line.measured)
        note_wait(
            structure=structure,
            weeks=int(line.wait),
            source=WaitSource(line.source),
            measured_on=day,
            by=None,
            now=datetime.combine(day, time(9), PARIS),
        )


def load_resources(calendar: Calendar) -> None:
    """Two resources for each need."""
    Resource.objects.bulk_create(
        Resource(
            name=line.name,
            needs=_codes(line.needs),
            what=line.what,
            how=line.how,
            words=line.words,
            departments=_codes(line.departments),
            audience=line.audience,
            phone=line.phone,
            reviewed_on=calendar.day(line.reviewed),
            review_on=add_years(calendar.day(line.reviewed), 1),
        )
        for line in ResourceLine.all()
    )


def _codes(cell: str) -> list[str]:
    return cell.split("|") if cell else []
