"""The whole program: each module named here adds its commands when it is imported."""

from __future__ import annotations

from idealfit.cli import (
    commands,
    companies_commands,
    export_commands,
    matching_commands,
    review_commands,
    routing_commands,
    service_commands,
    sizing_commands,
    telling_commands,
    warehouse_commands,
    watching_commands,
)
from idealfit.cli.app import app

COMMANDS_OF = (
    commands,
    companies_commands,
    export_commands,
    matching_commands,
    review_commands,
    routing_commands,
    service_commands,
    sizing_commands,
    telling_commands,
    warehouse_commands,
    watching_commands,
)

__all__ = ["COMMANDS_OF", "app"]
