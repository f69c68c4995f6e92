// Sources that know more of one country than the base data, each with its own folder and licence.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const range = (from, until) => Array.from({ length: until - from + 1 }, (_, i) => from + i);
const satSun = [['', '', 'Sat Sun']];

const korea = await import('@hyunbinseo/holidays-kr/all');

export const overlays = {
  CN: {
    folder: 'holiday-calendar', package: 'holiday-calendar', licence: 'LICENSE', replaces: true, years: range(2015, 2026),
    read(here) {
      const days = [];
      for (const year of this.years) {
        const file = join(here, 'node_modules/holiday-calendar/data/CN', `${year}.json`);
        for (const day of JSON.parse(readFileSync(file, 'utf8')).dates) {
          const kind = { public_holiday: 'public', transfer_workday: 'work' }[day.type];
          if (!kind) throw new Error(`${file}: ${day.type}`);
          days.push({ date: day.date, kind, name: day.name_en, local: day.name_cn });
        }
      }
      return { id: 'cn', place: 'CN', title: 'China (mainland)', weekend: satSun, days, note: 'With the working weekends that the yearly notices of the State Council order.' };
    },
  },
  JP: {
    folder: 'holiday_jp', package: '@holiday-jp/holiday_jp', licence: 'LICENSE', replaces: true, years: range(2015, 2040),
    read() {
      const days = Object.values(require('@holiday-jp/holiday_jp').holidays)
        .map((day) => ({ date: new Date(day.date).toISOString().slice(0, 10), kind: 'public', name: day.name_en, local: day.name }))
        .filter((day) => day.date >= '2015' && day.date < '2041');
      return { id: 'jp', place: 'JP', title: 'Japan', weekend: satSun, days, note: 'National holidays; offices also close 29 December to 3 January.' };
    },
  },
  KR: {
    folder: 'holidays-kr', package: '@hyunbinseo/holidays-kr', licence: 'LICENSE', replaces: true, years: range(2018, 2027),
    read() {
      const days = [];
      for (const year of this.years) {
        for (const [date, listed] of Object.entries(korea[`y${year}`])) days.push({ date, kind: 'public', name: listed.join(', '), local: listed.join(', ') });
      }
      return { id: 'kr', place: 'KR', title: 'South Korea', weekend: satSun, days, note: 'From the official gazette, with substitute and one-off days.' };
    },
  },
  US: {
    folder: 'us-federal-holidays', package: '@18f/us-federal-holidays', licence: 'LICENSE.md', replaces: false, years: range(2015, 2040),
    read() {
      const days = [];
      for (const year of this.years) {
        for (const day of require('@18f/us-federal-holidays').allForYear(year)) {
          if (day.dateString.startsWith(String(year))) days.push({ date: day.dateString, kind: 'public', name: day.name, local: day.name });
        }
      }
      return { id: 'us.statutory', place: 'US', title: 'United States, legal public holidays', weekend: satSun, days, note: 'Days on which they are kept: 5 U.S.C. 6103.' };
    },
  },
};
