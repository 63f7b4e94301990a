"""What the house does when a lower room tells it something."""

from home.actions.editors import keep_groups
from home.events import FiguresAsked
from home.tasks import compute_in_background
from network.events import RoleChanged
from network.models import User
from portal.kit.events import listens_to


@listens_to(RoleChanged)
def follow_role(event: RoleChanged) -> None:
    """Also done at the editor's door (`home.middleware`), should this event be lost."""
    keep_groups(user=User.objects.get(pk=event.user_id))


@listens_to(FiguresAsked)
def figures_asked(event: FiguresAsked) -> None:
    compute_in_background.enqueue(event.computation_id)
