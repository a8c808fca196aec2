"""Anything with text in it in, a Passage out."""
