"""Referrals of clinicians; requests that the coordination decides."""

from django.urls import path

from network.views import referral, request

urlpatterns = [
    path("adresser/", referral.begin, name="refer_new"),
    path("adresser/<uuid:key>/", referral.refer, name="refer"),
    path("adresser/<uuid:key>/champ/", referral.keep_field, name="refer_field"),
    path("adresser/<uuid:key>/supprimer/", referral.discard, name="refer_discard"),
    path("mes-demandes/", referral.my_requests, name="my_requests"),
    path("mes-demandes/<uuid:key>/", referral.my_request, name="my_request"),
    path("mes-demandes/<uuid:key>/reprendre/", referral.again, name="my_request_again"),
    path("pieces/<uuid:uid>/", referral.attachment, name="attachment"),
    path("demandes/", request.request_queue, name="queue"),
    path("demandes/<slug:code>/", request.one_request, name="request"),
    path("demandes/<slug:code>/reponse/", request.decide, name="request_decide"),
    path("demandes/<slug:code>/complet/", request.complete, name="request_complete"),
    path("demandes/<slug:code>/reprendre/", request.again, name="request_again"),
    path("demandes/<slug:code>/comparer/<slug:kept>/", request.compare, name="request_compare"),
    path("courriers/<uuid:uid>/", request.letter, name="letter"),
]
