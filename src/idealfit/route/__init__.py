"""Leads to the right rep at once: policy, fair choice, availability, ledger, simulator."""
