"""Questions made from live numbers: predict, then reveal. No server is needed to make them."""
