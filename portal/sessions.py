"""Django's sessions in the database, read by a statement composed once: every request reads one."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from portal.kit.prepared import Prepared, given


@Prepared
def _open_session() -> QuerySet[Session]:
    return Session.objects.filter(
        session_key=given("key", CharField()), expire_date__gt=given("now", DateTimeField())
    )


class SessionStore(DatabaseSessions):
    def _get_session_from_db(self) -> Session | None:
        found = _open_session.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None  # as Django's own: one that ended is not taken up again
        return found
