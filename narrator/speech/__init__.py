"""A Sentence in, an Utterance with timed phones out."""
