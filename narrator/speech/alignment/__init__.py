"""Sound and its text in, the same sound with timed phones and words out, for voices that cannot tell them."""
