"""Trainings as folders that are written by one process and read by anybody."""
