"""What Convlens costs, measured against a yardstick of the same run."""
