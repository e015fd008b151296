"""The `cxmethod` command. What takes time to import is imported by the command that uses it."""

from cxmethod.cli import client, portfolio
from cxmethod.cli.session import app, main

__all__ = ["app", "client", "main", "portfolio"]
