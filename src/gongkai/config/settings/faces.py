"""The two faces: what the public sees, and the staff's office under `/office/`; one process may show one or both."""

from ipaddress import ip_network

from gongkai.config.environment import PROFILE, NotUsable, listed, number, one_of, text

FACE = one_of("FACE", ("both", "public", "staff"))

PORT = number("PORT", 8000)
PUBLIC_URL = text("PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
STAFF_URL = text("STAFF_URL", f"http://localhost:{PORT}").rstrip("/")
"""Where links in mails and QR codes lead to. Passkeys need a name, so it is localhost and not 127.0.0.1."""
STAFF_RANGES = listed("STAFF_RANGES")
"""Address ranges (CIDR) from which the office may be reached; none means from anywhere."""
for _text in STAFF_RANGES:
    try:
        ip_network(_text, strict=False)
    except ValueError:
        raise NotUsable(f"环境变量 GONGKAI_STAFF_RANGES 中的“{_text}”不是网段，应如 10.20.0.0/16") from None

PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = number("PROXIES", 0)
"""How many reverse proxies of our own stand in front: the address of a visitor is what the outermost has seen."""

GONGKAI_PROFILE = PROFILE
ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if PROFILE == "demo" else listed("HOSTS", "localhost 127.0.0.1")
