"""Timed phones in, mouth channels in millimetres out, contacts guaranteed."""
