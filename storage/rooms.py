"""Every room the storage keeps something for: its store, and the looks its units announce."""

from typing import Any

from storage import (
    accounts,
    announcements,
    blocks,
    calendar,
    calendars,
    checkins,
    diary,
    events,
    inbox,
    letters,
    members,
    notes,
    pairing,
    parcels,
    people,
    privacy,
    pulse,
    relay,
    reports,
    schools,
    settings,
    support,
    tidy,
    timers,
)
from storage.work import Rooms

STORES = {
    "inbox": inbox.SqlInbox,
    "occurrences": calendar.SqlOccurrences,
    "timers": timers.SqlTimers,
    "members": members.SqlMembers,
    "schools": schools.SqlSchools,
    "privacy": privacy.SqlPrivacy,
    "accounts": accounts.SqlAccounts,
    "blocks": blocks.SqlBlocks,
    "pairings": pairing.SqlPairings,
    "checkins": checkins.SqlCheckins,
    "relay": relay.SqlRelay,
    "pulse": pulse.SqlPulse,
    "diaries": diary.SqlDiaries,
    "listening": support.SqlListening,
    "worries": support.SqlWorries,
    "events": events.SqlEvents,
    "calendars": calendars.SqlCalendars,
    "ended": tidy.SqlEnded,
    "reports": reports.SqlReports,
    "announcements": announcements.SqlAnnouncements,
}


def _same(key: Any) -> Any:
    return key


def _account(key: tuple[str, ...]) -> str:
    return ":".join(key)


def _group_of(key: tuple[str, ...]) -> int:
    return int(key[0])


LOOKS = {
    "inbox": (inbox.by_mark, _same),
    "member": (people.by_id, _same),
    "identity": (people.by_account, _account),
    "group": (pairing.by_group, _same),
    "event": (events.by_event, _same),
    "answer": (checkins.answers_of, _group_of),
}

ROOMS = Rooms(STORES, LOOKS)
TABLES = (letters.letters, parcels.conversations, settings.settings, notes.notes)
"""Tables without a store, named so that whoever has the rooms has all tables."""
