"""The profile: the one file that both halves of the program meet in."""
