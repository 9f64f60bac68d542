"""The public face of who is who: the county, its agencies, their guides."""

from django.urls import path

from gongkai.agencies.views import public

urlpatterns = [
    path("", public.county, name="county"),
    path("agencies/<id:public_id>/", public.agency, name="public_agency"),
    path("agencies/<id:public_id>/guide/", public.guide, name="public_guide"),
    path("agencies/<id:public_id>/guide.<slug:file_kind>", public.guide_file, name="public_guide_file"),
]
