"""Timed phones in, a drawn talking face out."""
