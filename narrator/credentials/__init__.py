"""Films in, Content Credentials (C2PA) on them out, and read back."""
