"""The one stylesheet: tokens, base, then each component's own, joined when static files are collected."""

from pathlib import Path

HERE = Path(__file__).parent
COMPONENTS = HERE / "components"
TOKENS = HERE.parent / "tokens.css"


def component_names() -> list[str]:
    """Every component, by the name of its folder."""
    return sorted(folder.name for folder in COMPONENTS.iterdir() if (folder / f"{folder.name}.html").exists())


def stylesheet() -> str:
    """The whole stylesheet."""
    own = (COMPONENTS / name / f"{name}.css" for name in component_names())
    parts = [TOKENS, *sorted(HERE.glob("*.css")), *own]
    return "\n".join(part.read_text("utf-8") for part in parts if part.exists())
