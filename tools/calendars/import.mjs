// Writes jurisdictions/_calendars/ from the pinned packages of package.json. Run by hand, never in the build:
//   node import.mjs [--second second.json]
// second.json is what second_source.py prints; it decides which years count as confirmed. README.md tells the rest.
import { createRequire } from 'node:module';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, copyFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addActs } from './acts.mjs';
import { overlays } from './overlays.mjs';
import { readGazettes } from './gazettes.mjs';
import { corrections, differs, extraParts, optional, secondKnowsMore, sighted, weekends } from './places.mjs';
import { calendarText, confirmedYears } from './text.mjs';

const require = createRequire(import.meta.url);
const Holidays = require('date-holidays');
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../jurisdictions/_calendars');
const first = 2015, last = 2040;
const checked = process.env.CHECKED || new Date().toISOString().slice(0, 10);
const at = process.argv.indexOf('--second');
const second = at > 0 ? JSON.parse(readFileSync(process.argv[at + 1], 'utf8')) : {};
const tables = join(here, '../../tests/tables');
const gazettes = addActs(join(tables, 'holiday_acts.csv'), readGazettes(join(tables, 'gazettes.csv')));
const book = join(here, '../../jurisdictions');
const byHand = readdirSync(book, { recursive: true }).filter((file) => file.endsWith('calendar.xml')).map((file) => readFileSync(join(book, file), 'utf8'));
/** Calendars read by hand, which win over an imported one of the same id. */
const outdone = new Set(byHand.flatMap((text) => [...text.matchAll(/<calendar id="([^"]+)"/g)].map(([, id]) => id)));
const version = (name) => JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'), 'utf8')).version;
const ids = (...parts) => parts.join('.').toLowerCase();
const dayMs = 86400000;
const plus = (iso, n) => new Date(Date.parse(iso) + n * dayMs).toISOString().slice(0, 10);
const clean = (text) => String(text).replace(/[|\s]+/g, ' ').trim();

/** All days of one place: { date, kind, name, local, estimated }. Observances and school days are left out. */
function daysOf(place, codes) {
  const book = new Holidays(...codes);
  const found = new Map();
  for (let year = first - 1; year <= last; ++year) {
    const locals = book.getHolidays(year) || [];
    const english = new Map((book.getHolidays(year, 'en') || []).map((day) => [day.date + day.rule, day.name]));
    for (const day of locals) {
      if (day.type === 'observance' || day.type === 'school') continue;
      const start = day.date.slice(0, 10);
      const length = (new Date(day.end) - new Date(day.start)) / dayMs;
      const half = day.date.slice(11, 19) !== '00:00:00' || length < 0.9;
      for (let i = 0; i < Math.max(1, Math.round(length)); ++i) {
        const date = plus(start, i);
        if (date < `${first}-01-01` || date > `${last}-12-31`) continue;
        const named = english.get(day.date + day.rule) || day.name;
      const kind = half ? 'half' : (optional[`${codes[0]}-${codes[1]}`] || optional[codes[0]])?.test(named) ? 'optional' : day.type;
        const moved = day.substitute ? ' moved' : '';
        const name = clean(english.get(day.date + day.rule) || day.name);
        found.set(date + kind + name, { date, kind: kind + moved, name, local: clean(day.name), sighted: sighted.test(day.rule) });
      }
    }
  }
  return corrected([...found.values()], codes.join('-'));
}

/** The days with the corrections of the country and of the part: what it has of a corrected date goes, unless the correction only adds to it. */
function corrected(days, place) {
  const told = [...new Set([place.split('-')[0], place])].flatMap((each) => corrections[each] || []);
  const none = new Set(told.filter((day) => day.kind === 'none').map((day) => day.date));
  const added = told.filter((day) => day.kind !== 'none').map((day) => ({ local: day.name, sighted: false, ...day }));
  return [...days.filter((day) => !none.has(day.date)), ...added];
}

/** A sighted day is sure only when the second source lists it, and not as an estimate. */
function markEstimates(days, other) {
  for (const day of days) {
    day.estimated = day.sighted && !(other && other.days.includes(day.date) && !other.estimated.includes(day.date));
  }
}

const key = (day) => `${day.date} ${day.kind.split(' ')[0]}`;

function common(whole, parts) {
  const sets = parts.map((part) => new Set(part.days.map(key)));
  return whole.filter((day) => sets.every((set) => set.has(key(day))));
}

function partsOf(names, code) {
  const result = [];
  for (const [state, title] of Object.entries(names.getStates(code) || {})) {
    result.push({ codes: [code, state], title, days: daysOf(code, [code, state]) });
    for (const [region, inner] of Object.entries(names.getRegions(code, state) || {})) {
      result.push({ codes: [code, state, region], title: `${title}, ${inner}`, days: daysOf(code, [code, state, region]), inner: true });
    }
  }
  return result;
}

function weekendOf(...codes) {
  return weekends[codes.join('-')] || weekends[codes[0]] || [['', '', 'Sat Sun']];
}

/** What the second source says of a place: for a country with parts only what all its parts share. */
function secondOf(code, part) {
  const place = second[code];
  if (!place) return null;
  if (part) return place.parts[part] || null;
  const parts = Object.values(place.parts);
  if (parts.length === 0) return place.whole;
  return { ...place.whole, days: place.whole.days.filter((day) => parts.every((each) => each.days.includes(day))) };
}

function country(names, code, title, overlay) {
  const parts = partsOf(names, code);
  const outer = parts.filter((part) => !part.inner);
  const base = { id: ids(code), place: code, title, weekend: weekendOf(code), days: daysOf(code, [code]) };
  base.days = common(base.days, outer);
  base.note = differs[code] || (parts.length ? 'Parts differ; the list holds only the days of all parts.' : '');
  base.second = secondOf(code);
  const shared = new Set(base.days.map(key));
  const written = [base];
  for (const part of parts) {
    const [, state, region] = part.codes;
    const own = part.days.filter((day) => !shared.has(key(day)));
    const weekend = weekends[`${code}-${state}`];
    if (own.length === 0 && !weekend) continue;
    written.push({ id: ids(...part.codes), place: region ? part.codes.join('-') : `${code}-${state}`, title: `${title}, ${part.title}`, includes: base.id,
      weekend: weekend || base.weekend, days: own, all: [...base.days, ...own], second: region ? null : secondOf(code, state) });
  }
  for (const part of extraParts[code] || []) written.push({ ...part, includes: base.id, days: [], all: base.days, second: null });
  base.parts = written.slice(1).map((each) => each.id);
  const years = [];
  for (let year = first; year <= last; ++year) if (!overlay || !overlay.years.includes(year)) years.push(year);
  for (const each of written) {
    markEstimates(each.days, each.second);
    each.years = each === base ? years : null;
    each.checkedYears = confirmedYears(each, each.second && second[code].weekend, gazettes, outdone);
  }
  return written;
}

const indexRows = [];
const disagreements = [];
function write(source, file, calendars, head) {
  const folder = join(root, source);
  mkdirSync(folder, { recursive: true });
  const body = calendars.map((calendar) => calendarText(calendar, { first, last, checked })).join('\n');
  writeFileSync(join(folder, file), `${head}\n${body}`);
  for (const calendar of calendars) {
    const told = (calendar.differences || []).filter(([date]) => !calendar.years || calendar.years.includes(Number(date.slice(0, 4))));
    const days = (wanted) => told.filter(([, whose]) => whose === wanted).map(([date]) => date).sort().join(' ');
    if (told.length) disagreements.push([calendar.id, source, days('this source'), days('second source')].join(','));
    const span = calendar.years && calendar.years.length ? calendar.years : [first, last];
    const confirmed = calendar.checkedYears ? `${calendar.checkedYears[0]}-${calendar.checkedYears[1]}` : '';
    indexRows.push([calendar.id, `${source}/${file}`, calendar.place, `${span[0]}-${span[span.length - 1]}`, confirmed].join(','));
  }
}

function main() {
  const licence = join(root, 'holidays/LICENSE');
  const kept = existsSync(licence) ? readFileSync(licence) : null;  // not in an npm package: stays as it is
  for (const source of ['date-holidays', 'holidays', ...Object.values(overlays).map((each) => each.folder)]) rmSync(join(root, source), { recursive: true, force: true });
  const names = new Holidays();
  const countries = names.getCountries('en');
  const head = (name, made) => `# Made by tools/calendars/import.mjs from ${name} ${made}. Do not edit: change the importer and run it again.`;
  for (const [code, overlay] of Object.entries(overlays)) {
    const calendar = overlay.read(here, first, last);
    calendar.second = secondOf(code);
    calendar.years = overlay.years;
    calendar.days = corrected(calendar.days, code);
    calendar.checkedYears = confirmedYears(calendar, calendar.second && second[code].weekend, gazettes, outdone);
    write(overlay.folder, `${ids(code)}.txt`, [calendar], head(overlay.package, version(overlay.package)));
    copyFileSync(join(here, 'node_modules', overlay.package, overlay.licence), join(root, overlay.folder, 'LICENSE'));
  }
  for (const code of Object.keys(countries).sort()) {
    if (secondKnowsMore.includes(code) && second[code]) continue;
    const overlay = overlays[code];
    const calendars = country(names, code, countries[code], overlay && overlay.replaces ? overlay : null);
    if (overlay && overlay.replaces && calendars[0].years.length === 0) continue;
    write('date-holidays', `${ids(code)}.txt`, calendars, head('date-holidays', version('date-holidays')));
  }
  copyFileSync(join(here, 'node_modules/date-holidays/LICENSE'), join(root, 'date-holidays/LICENSE'));
  for (const [code, place] of Object.entries(second)) {
    if ((countries[code] && !secondKnowsMore.includes(code)) || !existsSync(join(here, 'titles.json'))) continue;
    const title = JSON.parse(readFileSync(join(here, 'titles.json'), 'utf8'))[code];
    if (!title || place.whole.days.length === 0) continue;
    const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    const days = place.whole.days.map((date) => ({ date, kind: 'public', name: clean(place.whole.names[date].split('; ')[0]), local: '', estimated: place.whole.estimated.includes(date) }));
    for (const day of days) day.local = day.name;
    const calendar = { id: ids(code), place: code, title, days: corrected(days, code), weekend: [['', '', place.weekend.map((n) => weekdays[n]).join(' ')]],
      note: 'One source only.', years: [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027] };
    calendar.checkedYears = confirmedYears(calendar, null, gazettes, outdone);
    if (calendar.checkedYears) calendar.note = 'Years that are not confirmed rest on one source.';
    write('holidays', `${ids(code)}.txt`, [calendar], head('the Python library holidays', '0.101'));
  }
  if (kept && existsSync(join(root, 'holidays'))) writeFileSync(licence, kept);
  disagreements.sort();
  writeFileSync(join(root, 'disagreements.csv'), `id,source,off here only,off in the second source only\n${disagreements.join('\n')}\n`);
  indexRows.sort();
  writeFileSync(join(root, 'index.csv'), `id,file,place,years,confirmed\n${indexRows.join('\n')}\n`);
}

main();
