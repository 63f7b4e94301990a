"""Invitations: how an account comes to exist."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.enums import Role


class Invitation(models.Model):
    """A door for one person, opened by a link sent by mail; the link itself is never stored."""

    email = models.EmailField(_("adresse e-mail"))
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    professional = models.ForeignKey(
        "network.Professional", on_delete=models.PROTECT, null=True, blank=True
    )
    patient = models.ForeignKey("network.Patient", on_delete=models.PROTECT, null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("network.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.email
