"""Sound and wishes in, the motion of mouth, face and head out: a small diffusion transformer, numpy only."""
