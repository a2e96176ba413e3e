"""Graphs of operations on arrays that are sent along: read, judged by their shapes, run."""
