"""Somebody's own drawings, kept on this machine, to learn from."""
