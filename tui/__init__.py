"""A session in, a terminal control panel out."""
