"""Sign-in through django-allauth, the only door: a password and a second factor; nobody signs himself up."""

from gongkai.config.environment import text

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["gongkai.agencies.sign_in.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "gongkai.agencies.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "gongkai.agencies.passwords.NotCommon"},
    {"NAME": "gongkai.agencies.passwords.UnlikeTheName", "OPTIONS": {"user_attributes": ("username",)}},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/office/"
LOGOUT_REDIRECT_URL = "/office/sign-in/"

CSRF_FAILURE_VIEW = "gongkai.agencies.kept_forms.csrf_failed"

ACCOUNT_ADAPTER = "gongkai.agencies.sign_in.AccountAdapter"
ACCOUNT_FORMS = {"change_password": "gongkai.agencies.sign_in_forms.ChangePasswordForm"}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/15m/key", "reauthenticate": "10/m/user"}

MFA_ADAPTER = "gongkai.agencies.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "政府信息公开"
# A tolerance for clocks that are off would let a used code be used again: allauth remembers it for one period only.
MFA_TOTP_TOLERANCE = 0

# Throttles and used one-time codes need a cache that all processes share.
CACHES = (
    {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": text("CACHE_URL")}}
    if text("CACHE_URL")
    else {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"}}
)
