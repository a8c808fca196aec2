"""Sound in, what the lips must be doing out: phone scores of a model of real speech, and a small network on top."""
