"""The people with whom to try the portal, as the sign-in page and `make demo` show them."""

from home.demo_data.identifiers import mailbox
from home.demo_data.people import PASSWORD
from home.demo_data.sheets import PatientLine, ProfessionalLine, StaffLine, table
from network.demo import DemoAccount, register


def register_personas() -> None:
    register(*personas())


def personas() -> list[DemoAccount]:
    people = _people()
    return [
        DemoAccount(
            slug=entry["slug"],
            name=people[entry["person"]][0],
            email=people[entry["person"]][1],
            role_label=entry["role"],
            seal=entry["seal"],
            what_to_try=entry["try_first"],
            password="" if entry["slug"] == "patiente" else PASSWORD,
        )
        for entry in table("personas.toml")
    ]


def _people() -> dict[str, tuple[str, str]]:
    """Name and address of everybody in the sheets."""
    people = {
        line.person: (
            f"{line.first_name} {line.last_name}",
            mailbox(line.first_name, line.last_name),
        )
        for line in StaffLine.all()
    }
    for line in ProfessionalLine.all():
        name = f"{line.first_name} {line.last_name}"
        if line.title == "Dr":
            name = f"Dr {name}"
        people[line.professional] = (name, mailbox(line.first_name, line.last_name))
    for line in PatientLine.all():
        people[line.patient] = (f"{line.first_names} {line.birth_name}", line.email)
    return people
