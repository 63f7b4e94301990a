"""Addresses of patient education, one file for each of its parts."""

from . import assessments, patients, planning

app_name = "etp"
urlpatterns = [*patients.urlpatterns, *planning.urlpatterns, *assessments.urlpatterns]
