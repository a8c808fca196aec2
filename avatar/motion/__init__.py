"""Mouth channels in, the motion of the whole face out."""
