"""Performances in, a window, a file or memory out."""
