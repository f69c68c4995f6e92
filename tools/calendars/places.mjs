// What no package knows and people keep by hand: weekends by date, names of lunar rules, and the overlays.

/** Weekends that are not Saturday and Sunday: [from, until, days]; empty bounds stand for "always". Grade U. */
export const weekends = {
  AE: [['', '2022-01-01', 'Fri Sat'], ['2022-01-01', '', 'Sat Sun']],
  BD: [['', '', 'Fri Sat']],
  BH: [['', '', 'Fri Sat']],
  BN: [['', '', 'Fri Sun']],
  DZ: [['', '', 'Fri Sat']],
  EG: [['', '', 'Fri Sat']],
  IL: [['', '', 'Fri Sat']],
  IR: [['', '', 'Fri']],
  LY: [['', '', 'Fri Sat']],
  SA: [['', '', 'Fri Sat']],
  SD: [['', '', 'Fri Sat']],
  SO: [['', '', 'Fri']],
  'MY-01': [['', '2025-01-01', 'Fri Sat'], ['2025-01-01', '', 'Sat Sun']],
  'MY-02': [['', '', 'Fri Sat']],
  'MY-03': [['', '', 'Fri Sat']],
  'MY-11': [['', '', 'Fri Sat']],
};

/** Parts with a weekend of their own that the base data do not know; they take over the holidays of the country. */
export const extraParts = {
  AE: [{ id: 'ae.sh', place: 'AE-SH', title: 'United Arab Emirates, Sharjah',
    weekend: [['', '2022-01-01', 'Fri Sat'], ['2022-01-01', '', 'Fri Sat Sun']] }],
};

/** Rules that follow the moon as sighted, proclaimed or computed: no date is certain before it is announced. */
export const sighted = /Muharram|Safar|Rabi al|Jumada|Rajab|Shaban|Ramadan|Shawwal|Dhu al/i;
export const lunar = /chinese|korean|vietnamese|Nisan|Iyyar|Sivan|Tishrei|Av\b|bengali|solarterm|equinox|solstice/i;

/** Where days off differ between parts although the base data name no parts. */
export const differs = {
  AE: 'Sharjah keeps another weekend: ae.sh.',
  AU: 'Each State and Territory has days of its own; the list holds only those of all.',
  BR: 'States and municipalities add days; carnival and Corpus Christi are no national holidays.',
  CA: 'Federal law and each Province have lists of their own; the list holds only the days of all.',
  CH: 'Cantons decide; by federal law only 1 August is a holiday everywhere.',
  CN: 'Hong Kong, Macao and Taiwan have calendars of their own.',
  DE: 'Each Land has days of its own.',
  ES: 'Autonomous communities replace and add days, municipalities add two.',
  GB: 'England and Wales, Scotland and Northern Ireland have bank holidays of their own.',
  ID: 'Joint leave days are decided every year.',
  IN: 'The Union has three national holidays; offices follow yearly lists of the Union and of each State.',
  IT: 'Each municipality keeps the day of its patron.',
  MY: 'Each State has days of its own and some another weekend.',
  NZ: 'Each province keeps an anniversary day.',
  PT: 'Each municipality keeps one day, and the autonomous regions theirs.',
  US: 'Federal days; each State has a list of its own.',
};

const taiwanWorked = ['2018-03-31', '2018-12-22', '2019-01-19', '2019-02-23', '2019-10-05', '2020-02-15', '2020-06-20', '2020-09-26', '2021-02-20', '2021-09-11',
  '2022-01-22', '2023-01-07', '2023-02-04', '2023-02-18', '2023-03-25', '2023-06-17', '2023-09-23', '2024-02-17', '2025-02-08'];

/** Days that the pinned packages lack or (`kind: 'none'`) have wrongly, each with what orders it; they go when a newer package is right. */
export const corrections = {
  'AU-NSW': [{ date: '2020-04-27', kind: 'none' }], // data.gov.au, holidays of 2020
  'AU-SA': [{ date: '2021-04-26', kind: 'public', name: 'Anzac Day (additional day)' }], // data.gov.au, holidays of 2021
  'AU-TAS': [{ date: '2023-01-03', kind: 'none' }, { date: '2023-01-02', kind: 'public moved', name: "New Year's Day" }], // data.gov.au, holidays of 2023
  'AU-VIC': [{ date: '2020-09-25', kind: 'none' }, { date: '2020-10-23', kind: 'public', name: 'AFL Grand Final Friday' }, // data.gov.au, holidays of 2020 and 2022
    { date: '2022-09-30', kind: 'none' }, { date: '2022-09-23', kind: 'public', name: 'AFL Grand Final Friday' }],
  CN: [{ date: '2018-06-16', kind: 'none' }, { date: '2018-09-22', kind: 'none' }], // State Council notice of 30 November 2017: joined with the weekend, none worked
  'GB-SCT': [{ date: '2026-06-15', kind: 'public', name: 'World Cup' }], // Royal Proclamation, Banking and Financial Dealings Act 1971 s. 1(3); palace statement of 4 February 2026
  TW: taiwanWorked.map((date) => ({ date, kind: 'work', name: 'Make-up workday', local: '補行上班' })), // data.gov.tw dataset 14718, office calendars of 2018 to 2025
};

/** Countries of which the second source knows more than the base data; none of its days is sure by itself. */
export const secondKnowsMore = ['TW'];

/** Days that the base data call public and that close no office: kept as optional. From memory; read the act before you add one. */
export const optional = {
  AE: /^First day of Ramadan$|^Laylat al-Mi'raj$/, // not in the Cabinet's list of holidays since 2019
  CN: /^Children's Day$/, // a day off for children under 14
};
