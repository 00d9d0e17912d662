"""Prints what icalendar reads in the calendar files that it is given, one event each."""

import json
import sys
from datetime import timezone

from icalendar import Calendar


def read_event(path):
    with open(path, "rb") as file:
        calendar = Calendar.from_ical(file.read())
    [event] = calendar.walk("VEVENT")
    assert not calendar.errors and not event.errors, (calendar.errors, event.errors)
    return {
        "begins": event.decoded("DTSTART").astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "place": str(event["LOCATION"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
    }


print(json.dumps([read_event(path) for path in sys.argv[1:]]))
