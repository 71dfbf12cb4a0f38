"""Totals of months, kept for later reports."""

from sqlalchemy import Column, Date, Integer, Table

from storage.columns import metadata

months = Table(
    "months",
    metadata,
    Column("month", Date, primary_key=True),
    Column("members", Integer, nullable=False),
    Column("active", Integer, nullable=False),
    Column("introductions", Integer, nullable=False),
    Column("talked", Integer, nullable=False),
)
"""`month`: its first day. Told only through `bot.core.counts`."""
