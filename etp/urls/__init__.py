"""Addresses of patient education, one file for each of its parts."""

from . import patients

app_name = "etp"
urlpatterns = [*patients.urlpatterns]
