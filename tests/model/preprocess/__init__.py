"""Strokes and images from outside become what the networks read."""
