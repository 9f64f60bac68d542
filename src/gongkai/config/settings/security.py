"""Headers, cookies and secrets. Nothing on a page comes from another host, and no page may be framed."""

from csp.constants import NONE, SELF

from gongkai.config.environment import KEYS, is_on
from gongkai.kernel.keys import secret_text

GONGKAI_KEYS = str(KEYS)
SECRET_KEY = secret_text(KEYS, "django")
DEBUG = False

IS_HTTPS = is_on("HTTPS", default=False)
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_NAME, VISITOR_COOKIE_NAME = "gongkai_session", "gongkai_visit"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_NAME = "gongkai_csrf"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

MIDDLEWARE = [
    "gongkai.config.room.RoomMiddleware",
    "gongkai.config.access.AccessLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.config.faces.FaceMiddleware",
    "gongkai.config.faces.VisitorCookieMiddleware",
    "gongkai.config.encoding.EncodingMiddleware",
    "gongkai.config.keeping.NotKeptMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongkai.files.uploads.UploadLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongkai.agencies.sign_in.SecondFactorMiddleware",
    "gongkai.agencies.kept_forms.KeptFormMiddleware",
    "gongkai.agencies.navigation.NavigationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
