"""The demo county (青禾县), which does not exist: built once through the same actions that an office uses."""
