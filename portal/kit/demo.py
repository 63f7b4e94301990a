"""The demo's accounts, as its start and its sign-in page show them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An invented person with whom to try the portal. Listed in `home.demo_accounts.ACCOUNTS`."""

    email: str
    password: str  # empty: signs in by a code sent by mail, readable on the messages page
    role: str  # in French, as shown
    try_first: str  # in French: one thing to do with it
    totp_secret: str = ""  # base32; its current code is shown beside the account
    name: str = ""
    seal: str = ""  # one or two letters

    @property
    def slug(self) -> str:
        """`?compte=…` on the sign-in page."""
        return self.email.partition("@")[0]
