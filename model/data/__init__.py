"""MNIST: reading the four files, and fetching them once for those who do not have them."""
