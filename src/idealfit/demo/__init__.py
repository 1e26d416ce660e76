"""The packaged demonstration: real, dated tables (see ATTRIBUTION.md beside this file)."""
