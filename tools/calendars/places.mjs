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

/** Days that the pinned packages lack, each with what orders it; they go when a newer package has them. */
export const corrections = {
  'GB-SCT': [{ date: '2026-06-15', kind: 'public', name: 'World Cup', local: 'World Cup' }], // Royal Proclamation, Banking and Financial Dealings Act 1971 s. 1(3); palace statement of 4 February 2026
};

/** Days that the base data call public and that close no office: kept as optional. From memory; read the act before you add one. */
export const optional = {
  AE: /^First day of Ramadan$|^Laylat al-Mi'raj$/, // not in the Cabinet's list of holidays since 2019
  CN: /^Children's Day$/, // a day off for children under 14
};
