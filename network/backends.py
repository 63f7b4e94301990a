"""Who signs in, and who asks: allauth's way, found by a statement composed once."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import BigIntegerField, QuerySet

from network.models import User
from portal.kit.prepared import Prepared, given


@Prepared
def _account() -> QuerySet[User]:
    return User.objects.filter(pk=given("user", BigIntegerField()))


class AccountBackend(AuthenticationBackend):
    """Asked at each request for the account that its session names."""

    def get_user(self, user_id: int) -> User | None:
        user = _account.first(user=user_id)
        return user if user and self.user_can_authenticate(user) else None
