"""Results as one page that a person wants to read."""
