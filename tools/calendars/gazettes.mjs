// What authorities themselves list (tests/tables/gazettes.csv; its head says what is left out).
import { readFileSync } from 'node:fs';

/** From `CALENDAR YEAR` to the weekdays off and the weekend days worked, as YYYY-MM-DD in order, and the source. */
export function readGazettes(file) {
  const found = new Map();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (!line || line.startsWith('#')) continue;
    const [calendar, year, off, worked, source] = line.split(',');
    const dates = (days) => days.split(' ').filter(Boolean).map((day) => `${year}-${day}`);
    found.set(`${calendar} ${year}`, { off: dates(off), worked: dates(worked), source });
  }
  return found;
}
