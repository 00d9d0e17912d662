// Prints what ical.js reads in the calendar files that it is given, one event each.

import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const readEvent = (path) => {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, 'utf8')));
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent'));
  return {
    begins: event.startDate.toJSDate().toISOString().replace('.000', ''),
    place: event.location,
    uid: event.uid,
    sequence: event.sequence,
  };
};

console.log(JSON.stringify(process.argv.slice(2).map(readEvent)));
