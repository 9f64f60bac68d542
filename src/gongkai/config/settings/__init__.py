"""Django's settings, one module per concern; all of them from the environment with safe defaults."""

from gongkai.config.settings.apps import *  # noqa: F403  Django reads one flat module
from gongkai.config.settings.database import *  # noqa: F403
from gongkai.config.settings.faces import *  # noqa: F403
from gongkai.config.settings.law import *  # noqa: F403
from gongkai.config.settings.logs import *  # noqa: F403
from gongkai.config.settings.mail import *  # noqa: F403
from gongkai.config.settings.security import *  # noqa: F403
from gongkai.config.settings.sign_in import *  # noqa: F403
from gongkai.config.settings.storage import *  # noqa: F403
