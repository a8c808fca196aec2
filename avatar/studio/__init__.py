"""Nothing in but code and one measured shape, the built-in presenters' data out."""
