"""Any single picture of a face in, a presenter out; start at make.py."""
