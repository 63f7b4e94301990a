"""The history as instants: everything the network did, in the order in which it did it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from etp.models import Assessment, Place, Session, Workshop
from fees.models import Act
from home.demo_data.calendar import Calendar
from network.models import Patient, Professional, RcpFile, RcpMeeting, RcpProposal, User

type Deed = Callable[[datetime], object]


@dataclass
class Story:
    """Deeds to come, and the people and things that past deeds have made, by their name in the
    sheets. `tell` plays them by instant; at the same instant, in the order in which they came."""

    calendar: Calendar
    users: dict[str, User] = field(default_factory=dict)
    professionals: dict[str, Professional] = field(default_factory=dict)
    patients: dict[str, Patient] = field(default_factory=dict)
    meetings: dict[str, RcpMeeting] = field(default_factory=dict)
    files: dict[tuple[str, str], RcpFile] = field(default_factory=dict)
    proposals: dict[tuple[str, str, str, str], RcpProposal] = field(default_factory=dict)
    acts: dict[int, Act] = field(default_factory=dict)
    workshops: dict[str, Workshop] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    deeds: list[tuple[datetime, Deed]] = field(default_factory=list)

    def then(self, when: datetime, deed: Deed) -> None:
        """Plan a deed; it is given its instant."""
        self.deeds.append((when, deed))

    def tell(self) -> None:
        for when, deed in sorted(self.deeds, key=lambda planned: planned[0]):
            deed(when)
