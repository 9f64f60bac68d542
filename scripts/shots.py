"""Writes every page as pictures into out/shots/: phone, tablet and desktop, light and dark (make shots [words])."""

import logging
import os
import shutil
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # noqa: E402  the path and the settings come first

django.setup()

from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402
from tests import databases, installation  # noqa: E402
from tests.e2e.browser import DESKTOP, PHONE, TABLET, context, running  # noqa: E402
from tests.e2e.county import County, build, session_of  # noqa: E402

SHOTS = ROOT / "out" / "shots"
SIZES = {"390": PHONE, "768": TABLET, "1440": DESKTOP}


class Quiet(WSGIRequestHandler):
    """Serves without a line for each request."""

    def log_message(self, *_parts: object) -> None:
        """Nothing."""


def main(words: list[str]) -> None:
    """Shoots the pages whose name holds one of the words, or all of them."""
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("需要 chromium：apt-get install chromium")
    logging.disable()  # the status of each page is told
    databases.renew()
    county = build()
    server = ThreadedWSGIServer(("localhost", 0), Quiet)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    SHOTS.mkdir(parents=True, exist_ok=True)
    pages = [page for page in county.addresses() if not words or any(word in page[0] for word in words)]
    with running(program) as browser:
        for name, address in pages:
            shoot(browser, f"http://localhost:{server.server_port}", county, name, address)
    server.shutdown()
    print(f"{len(pages)} 个页面，每页 6 张：{SHOTS}")


def shoot(browser: Browser, home: str, county: County, name: str, address: str) -> None:
    """All pictures of one page, whole length."""
    user = county.user_for(name)
    with context(browser, home, session_of(user) if user else None) as opened:
        page = opened.new_page()
        status = page.goto(address)
        print(f"{status.status if status else '?'}  {name}  {page.url.removeprefix(home)}")
        for width, (x, y) in SIZES.items():
            page.set_viewport_size({"width": x, "height": y})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    finally:
        installation.leave()
