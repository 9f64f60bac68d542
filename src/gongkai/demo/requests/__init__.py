"""A year of information requests in the demo county: letters, what the offices did with them, the answers."""
