"""Sound and its text in, the same with timed phones and words out, for voices that cannot tell."""
