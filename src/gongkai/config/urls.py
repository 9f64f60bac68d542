"""All addresses: the public ones at the root, the office's under /office/."""

from django.urls import include, path

urlpatterns = [
    path("office/_ui/", include("gongkai.ui.urls")),
    path("office/", include("gongkai.agencies.urls")),
]
