"""The routes. Each is a sentence: parse, one call, return a type."""
