"""What each person finds after signing in, and what machines read of the public site."""

from django.urls import path

from home import views

app_name = "home"
urlpatterns = [
    path("accueil/", views.dashboard, name="dashboard"),
    path("je-cherche/", views.find, name="find"),
    path("je-cherche/sans-reponse/", views.misses, name="search_misses"),
    path("je-cherche/a-tenir-a-jour/", views.upkeep, name="upkeep"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("indicateurs/", views.indicators.board, name="indicators"),
    path("indicateurs/calculer/", views.indicators.compute, name="compute"),
    path("indicateurs/calcul/", views.indicators.computing, name="computing"),
    path("indicateurs/departements/", views.indicators.places, name="places"),
    path("indicateurs/sites/", views.sites.sites, name="sites"),
    path("indicateurs/sites/tableur/", views.sites.sites_sheet, name="sites_sheet"),
    path("indicateurs/mon-activite/", views.indicators.own, name="own_figures"),
    path("indicateurs/rapport/", views.report.report, name="report"),
    path("indicateurs/rapport/pdf/", views.report.report_pdf, name="report_pdf"),
    path("indicateurs/rapport/tableur/", views.report.report_sheet, name="report_sheet"),
    path("indicateurs/echange/<str:kind>/", views.report.common_export, name="common_export"),
    path("indicateurs/<slug:kind>/", views.indicators.indicator, name="indicator"),
    path("chiffres/", views.report.public_figures, name="public_figures"),
    path("composants/", views.gallery, name="gallery"),
]
