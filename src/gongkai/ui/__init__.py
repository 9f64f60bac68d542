"""Page components, one folder each, and the base pages that all others extend."""
