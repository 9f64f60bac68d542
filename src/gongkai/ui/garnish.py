"""The one script: its parts, joined when static files are collected. No page needs it."""

from gongkai.ui.styles import HERE


def script() -> str:
    """The whole script, a module; each part is a block, so that no name of one meets another's."""
    parts = sorted((HERE / "scripts").glob("*.js"))
    return "".join(f"{{\n{part.read_text('utf-8')}}}\n" for part in parts)
