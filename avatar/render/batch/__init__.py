"""Frames in, pictures out many at a time: the renderer once more in torch, for graphics cards."""
