"""Addresses of patient education, one file for each of its parts."""

from . import assessments, patients

app_name = "etp"
urlpatterns = [*patients.urlpatterns, *assessments.urlpatterns]
