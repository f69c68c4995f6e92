// The form of a calendar file, and which of its years a second source confirms.
import { ordered } from './places.mjs';

/** Dates of one name: whole runs of years on the same day as MM-DD@from-until, the rest one by one. */
function dateWords(days) {
  const byDay = new Map();
  const words = [];
  for (const day of days) {
    const word = day.date.slice(5);
    if (day.estimated) words.push(`~${day.date}`);
    else byDay.set(word, [...(byDay.get(word) || []), Number(day.date.slice(0, 4))]);
  }
  for (const [word, years] of byDay) {
    years.sort((a, b) => a - b);
    for (let i = 0; i < years.length;) {
      let end = i;
      while (end + 1 < years.length && years[end + 1] === years[end] + 1) ++end;
      if (end - i >= 2) words.push(`${word}@${years[i]}-${years[end]}`);
      else for (let k = i; k <= end; ++k) words.push(`${years[k]}-${word}`);
      i = end + 1;
    }
  }
  return words.sort((a, b) => (a.replace('~', '') < b.replace('~', '') ? -1 : 1)).join(' ');
}

const order = ['public', 'public moved', 'bank', 'bank moved', 'half', 'half moved', 'work', 'optional', 'optional moved'];

export function calendarText(calendar, { first, last, checked }) {
  const kept = calendar.years ? new Set(calendar.years) : null;
  const span = calendar.years && calendar.years.length ? calendar.years : [first, last];
  const lines = [`calendar ${calendar.id}`, `title ${calendar.title}`, `place ${calendar.place}`];
  lines.push(`years ${span[0]}-${span[span.length - 1]}`);
  // Where another source replaces years in the middle: only these are told here.
  const holes = [];
  for (let year = span[0]; kept && year <= span[span.length - 1]; ++year) if (!kept.has(year)) holes.push(year);
  if (holes.length) lines.push(`without ${holes[0]}-${holes[holes.length - 1]}`);
  if (calendar.checkedYears) lines.push(`confirmed ${calendar.checkedYears[0]}-${calendar.checkedYears[1]}`);
  lines.push(`checked ${checked}`);
  if (calendar.includes) lines.push(`include ${calendar.includes}`);
  if (calendar.parts && calendar.parts.length) lines.push(`parts ${calendar.parts.join(' ')}`);
  if (calendar.note) lines.push(`note ${calendar.note}`);
  for (const [from, until, days] of calendar.weekend) lines.push(`weekend ${from || until ? `${from}..${until} ` : ''}${days}`);
  const groups = new Map();
  for (const day of calendar.days) {
    if (kept && !kept.has(Number(day.date.slice(0, 4)))) continue;
    const group = `${day.kind}\n${day.name}\n${day.local}`;
    groups.set(group, [...(groups.get(group) || []), day]);
  }
  const rows = [...groups].map(([group, days]) => {
    const [kind, name, local] = group.split('\n');
    days.sort((a, b) => (a.date < b.date ? -1 : 1));
    return { kind, name, local, days, from: days[0].date.slice(5) };
  });
  rows.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.from < b.from ? -1 : a.from > b.from ? 1 : a.name < b.name ? -1 : 1));
  for (const row of rows) lines.push(`${row.kind} | ${dateWords(row.days)} | ${row.name}${row.local && row.local !== row.name ? ` | ${row.local}` : ''}`);
  return lines.join('\n') + '\n';
}

const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
function isWeekend(calendar, date) {
  const name = names[new Date(date).getUTCDay()];
  return calendar.weekend.some(([from, until, days]) => (!from || date >= from) && (!until || date < until) && days.includes(name));
}

/**
 * The longest run of years, the latest of equal runs, in which both sources keep the same days off outside weekends or the list of the
 * authority or the act itself says so (gazettes.mjs, acts.mjs). `weekend` is that of the second source. A list that the calendar does not
 * keep is an error, unless a calendar read by hand wins over it (`outdone`): then the year is not confirmed and the days are told.
 */
export function confirmedYears(calendar, weekend, gazettes, outdone) {
  const days = calendar.all || calendar.days;
  const own = new Set(days.filter((day) => day.kind.startsWith('public')).map((day) => day.date));
  const worked = new Set(days.filter((day) => day.kind === 'work').map((day) => day.date));
  const second = calendar.second && sameWeekend(calendar, weekend) ? new Set(calendar.second.days) : null;
  const agreed = [];
  calendar.differences = [];
  for (let year = 2018; year <= 2027; ++year) {
    if (calendar.years && !calendar.years.includes(year)) continue;
    const ofYear = (set) => [...set].filter((date) => date.startsWith(String(year)));
    const off = (set) => ofYear(set).filter((date) => !isWeekend(calendar, date)).sort();
    const list = gazettes.get(`${calendar.id} ${year}`);
    const kept = list && off(own).join() === list.off.join() && ofYear(worked).sort().join() === list.worked.join();
    if (list && !kept && !outdone.has(calendar.id))
      throw new Error(`${calendar.id} ${year}: off ${off(own)}, worked ${ofYear(worked)}; ${list.source}: off ${list.off}, worked ${list.worked}`);
    const other = list ? new Set(list.off) : second;
    const wrong = other ? [...new Set([...off(own), ...off(other)])].filter((date) => own.has(date) !== other.has(date)) : [];
    for (const date of wrong) calendar.differences.push([date, own.has(date) ? 'this source' : 'second source']);
    if (list ? kept : second && wrong.length === 0 && year <= (ordered[calendar.id] || year)) agreed.push(year);
  }
  return longestRun(agreed);
}

function sameWeekend(calendar, weekend) {
  const ours = names.filter((_, i) => isWeekend(calendar, `2026-02-0${i + 1}`)).length;
  return !weekend || (ours === weekend.length && weekend.every((n) => isWeekend(calendar, `2026-02-0${((n + 1) % 7) + 1}`)));
}

function longestRun(agreed) {
  let best = null;
  for (let i = 0; i < agreed.length;) {
    let end = i;
    while (end + 1 < agreed.length && agreed[end + 1] === agreed[end] + 1) ++end;
    if (!best || end - i >= best[1] - best[0]) best = [agreed[i], agreed[end]];
    i = end + 1;
  }
  return best;
}
