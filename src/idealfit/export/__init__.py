"""From scores and profiles to the tools that people already use: files, messages, CRM fields, filters, views."""
