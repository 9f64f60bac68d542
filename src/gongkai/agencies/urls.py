"""The office's addresses for the organisation."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
