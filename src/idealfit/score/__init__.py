"""From a profile and a table of companies to scores."""
