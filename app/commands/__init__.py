"""The commands of `convlens`, one file a family; each file has `register`."""
