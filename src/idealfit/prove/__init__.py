"""Proof on deals that the profile has not seen."""
