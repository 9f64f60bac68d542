"""The gallery's address."""

from django.urls import path

from gongkai.ui import views

urlpatterns = [path("", views.gallery, name="gallery")]
