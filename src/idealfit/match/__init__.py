"""Matching: by meaning, a narrative against what companies say; by identity, a lead against companies."""
