"""Surveys: what a network makes of all images of a set, computed aside and kept for a while."""
