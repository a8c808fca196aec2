"""narrator: a text in, a face that can be lip-read out."""

__version__ = "0.1.0"
