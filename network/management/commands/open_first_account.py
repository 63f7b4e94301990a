"""The first administrator of an installation: the only account that nobody invites."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from network.actions.accounts import open_first_account


class Command(BaseCommand):
    help = "Opens the first administrator's account; the password is asked, never an argument."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("first_name")
        parser.add_argument("last_name")

    def handle(self, *args: Any, **options: Any) -> None:
        names = {"first_name": options["first_name"], "last_name": options["last_name"]}
        try:
            validate_email(options["email"])
            password = getpass("Mot de passe : ")
            validate_password(password)
            open_first_account(
                email=options["email"], password=password, now=timezone.now(), **names
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write("Compte ouvert. À la première connexion, il installe son second facteur.")
