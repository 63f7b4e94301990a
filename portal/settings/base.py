"""What every environment shares, one file per concern. Environments: demo, test, production."""

from .apps import *  # noqa: F403
from .auth import *  # noqa: F403
from .content import *  # noqa: F403
from .database import *  # noqa: F403
from .i18n import *  # noqa: F403
from .mail import *  # noqa: F403
from .network import *  # noqa: F403
from .paths import *  # noqa: F403
from .security import *  # noqa: F403
from .statics import *  # noqa: F403
from .stripe import *  # noqa: F403
from .templates import *  # noqa: F403
from .work import *  # noqa: F403
