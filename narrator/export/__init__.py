"""Many documents in, one film each out, with captions, chapters and a page that plays them: drawn section by section."""
