import os, pytest
from tests.e2e.browser import PHONE, DESKTOP

SIZES = {"phone": PHONE, "desktop": DESKTOP}
WANT = os.environ.get("SHOTS", "").split()


def test_shots(visit, county):
    pages = {}
    only = WANT
    for name, address in county.addresses():
        if only and name not in only:
            continue
        u = county.user_for(name)
        key = {v.pk: k for k, v in county.users.items()}[u.pk] if u else None
        if key not in pages:
            pages[key] = visit(key)
        p = pages[key]
        for scheme in ("light", "dark"):
            p.emulate_media(color_scheme=scheme)
            for size, (w, h) in SIZES.items():
                if scheme == "dark" and size == "desktop" and os.environ.get("DARK", "") == "":
                    continue
                p.set_viewport_size({"width": w, "height": h})
                p.goto(address + os.environ.get("Q", ""))
                p.screenshot(path=f"/tmp/shots/{name}-{size}-{scheme}.png", full_page=True)
