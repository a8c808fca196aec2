"""A running narration and other processes of the same person, joined by a socket of theirs alone."""
