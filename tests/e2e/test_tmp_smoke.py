import pytest
from django.test import Client
from tests.e2e.county import build, session_of
from django.conf import settings

pytestmark = pytest.mark.django_db


def test_all(client):
    c = build()
    bad = []
    clients = {}
    for name, address in c.addresses():
        user = c.user_for(name)
        k = user.pk if user else None
        if k not in clients:
            cl = Client(raise_request_exception=False)
            if user:
                s = session_of(user)
                cl.cookies[s["name"]] = s["value"]
            clients[k] = cl
        try:
            cl2 = clients[k]
            cl2.raise_request_exception = True
            r = cl2.get(address)
            if r.status_code != 200:
                bad.append((name, address, r.status_code))
        except Exception as e:
            import traceback

            bad.append((name, address, repr(e)[:600]))
    assert not bad, "\n".join(map(str, bad))
