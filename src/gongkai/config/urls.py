"""All addresses: the public ones at the root, the office's under /office/."""

from django.urls import include, path

from gongkai.config.faces import HEALTH
from gongkai.config.health import health

urlpatterns = [
    path(HEALTH.lstrip("/"), health, name="health"),
    path("office/_ui/", include("gongkai.ui.urls")),
    path("office/", include("gongkai.agencies.urls")),
    path("office/cases/", include("gongkai.inforequests.case_urls")),
    path("office/cases/", include("gongkai.inforequests.case_notice_urls")),
    path("office/notices/", include("gongkai.inforequests.notice_urls")),
    path("", include("gongkai.agencies.public_urls")),
    path("", include("gongkai.inforequests.public_urls")),
]

handler400 = "gongkai.config.errors.bad_request"
handler403 = "gongkai.config.errors.forbidden"
handler404 = "gongkai.config.errors.not_found"
handler500 = "gongkai.config.errors.server_error"
