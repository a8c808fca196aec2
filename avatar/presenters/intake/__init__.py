"""A picture from anywhere in, a presenter out or one line why not; start at process.py."""
