"""Many files at once: walking, supervised reading, collecting, and the lists of findings."""
