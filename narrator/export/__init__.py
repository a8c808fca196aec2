"""Many documents in, one film each out, with captions and chapters, and a page that plays them all."""
