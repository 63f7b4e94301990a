"""Invitation, self-registration, lost factor: what allauth does not do."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
