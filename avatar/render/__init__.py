"""A presenter and a motion frame in, pixels and measured geometry out."""
