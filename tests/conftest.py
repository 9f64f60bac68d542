"""The installation that tests run in: a home of its own, made before the settings are read."""

import os
import tempfile
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="gongkai-test-"))
os.environ["GONGKAI_HOME"] = str(_HOME)
for _name in ("data/uploads", "data/files", "data/static"):
    (_HOME / _name).mkdir(parents=True)
