"""A talking video in, a training pair out: its sound, and the channels that FaceMesh measures of its face."""
