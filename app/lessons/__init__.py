"""Lessons: text files read into cues, held to the network that they are about."""
