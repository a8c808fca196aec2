"""Voices and recordings in, the weights of the motion out; nothing that runs imports this."""
