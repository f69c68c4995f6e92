// Weekdays off as acts name them (tests/tables/holiday_acts.csv; its head tells the form of a day).
import { readFileSync } from 'node:fs';

const easter = {
  E: ['04-01', '04-21', '04-12', '04-04', '04-17', '04-09', '03-31', '04-20', '04-05', '03-28'],
  O: ['04-08', '04-28', '04-19', '05-02', '04-24', '04-16', '05-05', '04-20', '04-12', '05-02'],
}; // 2018 to 2027, as the churches publish it
const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const plus = (iso, n) => new Date(Date.parse(iso) + n * 86400000).toISOString().slice(0, 10);
const weekday = (iso) => names[new Date(iso).getUTCDay()];
const weekend = (iso) => ['Sat', 'Sun'].includes(weekday(iso));

function step(iso, name, n) {
  let day = iso;
  while (weekday(day) !== name) day = plus(day, n);
  return day;
}

function dayOf(word, year) {
  let found = word.match(/^([EO])([+-]\d+)$/);
  if (found) return plus(`${year}-${easter[found[1]][year - 2018]}`, Number(found[2]));
  if (/^\d{4}-\d\d-\d\d$/.test(word)) return word.startsWith(year) ? word : null;
  found = word.match(/^([1-5L])([A-Z][a-z]{2})(\d\d)$/);
  if (found && found[1] === 'L') return step(new Date(Date.UTC(year, Number(found[3]), 0)).toISOString().slice(0, 10), found[2], -1);
  if (found) return plus(step(`${year}-${found[3]}-01`, found[2], 1), 7 * (Number(found[1]) - 1));
  found = word.match(/^([A-Z][a-z]{2})([<>])(\d\d-\d\d)$/);
  if (found) return step(plus(`${year}-${found[3]}`, found[2] === '>' ? 1 : -1), found[1], found[2] === '>' ? 1 : -1);
  if (/^\d\d-\d\d$/.test(word)) return `${year}-${word}`;
  throw new Error(`holiday_acts.csv: ${word}`);
}

/** Where a day on a weekend is kept; `sign` is the last sign of its word. */
function kept(day, sign, off) {
  if (sign === '^') return plus(day, weekday(day) === 'Sat' ? -1 : 1);
  if (sign === '/' && weekday(day) === 'Sat') return day;
  let found = day;
  while (weekend(found) || off.has(found)) found = plus(found, 1);
  return found;
}

function daysOff(words, year) {
  const off = new Set(), moved = [];
  for (const word of words.filter((each) => !each.startsWith('-'))) {
    const sign = word.match(/\d([>/^])$/)?.[1];
    const day = dayOf(sign ? word.slice(0, -1) : word, year);
    if (day && sign && weekend(day)) moved.push([day, sign]);
    else if (day) off.add(day);
  }
  for (const [day, sign] of moved) off.add(kept(day, sign, off));
  for (const word of words.filter((each) => each.startsWith('-'))) off.delete(dayOf(word.slice(1), year));
  return [...off].filter((day) => !weekend(day) && day.startsWith(year)).sort();
}

/** Adds the years of the acts to those of the lists (gazettes.mjs); an act and a list of one year have to agree. */
export function addActs(file, gazettes) {
  const rows = readFileSync(file, 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(','));
  for (const [calendar, from, until, kind, days, , source] of rows) {
    for (let year = Number(from); kind === 'only' && year <= Number(until); ++year) {
      const more = rows.filter((row) => row[3] === 'also' && row[0] === calendar && Number(row[1]) <= year && year <= Number(row[2]));
      const off = daysOff([days, ...more.map((row) => row[4])].join(' ').split(' '), String(year));
      const listed = gazettes.get(`${calendar} ${year}`);
      if (listed && listed.off.join() !== off.join()) throw new Error(`${calendar} ${year}: ${source}: ${off}; ${listed.source}: ${listed.off}`);
      if (!listed) gazettes.set(`${calendar} ${year}`, { off, worked: [], source });
    }
  }
  return gazettes;
}
