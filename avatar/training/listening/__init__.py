"""Spoken sentences and recorded takes in, the weights of the listening network out."""
