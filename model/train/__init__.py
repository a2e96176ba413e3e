"""Training: losses, optimisers, schedules, and the loop that puts them together."""
