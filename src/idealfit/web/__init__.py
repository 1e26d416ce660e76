"""Faces on the network: the routing service."""
