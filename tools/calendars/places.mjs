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

const yearly = (from, until, day) => Array.from({ length: until - from + 1 }, (_, i) => ({ ...day, date: `${from + i}-${day.date}` }));

/** 20 November since Law 14.759/2023, lost in the package where a State kept the day before. */
const blackAwareness = yearly(2024, 2040, { date: '11-20', kind: 'public', name: 'Black Awareness Day' }); // ANBIMA, national holidays

/** Rest days of Hungary and the Saturdays worked for them. */
const hungaryExchanged = [['2018-03-16', '2018-03-10'], ['2018-04-30', '2018-04-21'], ['2018-10-22', '2018-10-13'], // 9/2017. (V. 19.) NGM
  ['2018-11-02', '2018-11-10'], ['2018-12-24', '2018-12-01'], ['2018-12-31', '2018-12-15'],
  ['2019-08-19', '2019-08-10'], ['2019-12-24', '2019-12-07'], ['2019-12-27', '2019-12-14'], // 6/2018. (VIII. 23.) PM
  ['2020-08-21', '2020-08-29'], ['2020-12-24', '2020-12-12'], // decree for 2020, as reported
  ['2021-12-24', '2021-12-11'], // 14/2020. (V. 13.) ITM
  ['2022-03-14', '2022-03-26'], ['2022-10-31', '2022-10-15'], // 23/2021. (VI. 1.) ITM
  ['2024-08-19', '2024-08-03'], ['2024-12-24', '2024-12-07'], ['2024-12-27', '2024-12-14'], // 15/2023. (VII. 13.) GFM
  ['2025-05-02', '2025-05-17'], ['2025-10-24', '2025-10-18'], ['2025-12-24', '2025-12-13'], // 11/2024. (IV. 8.) NGM
  ['2026-01-02', '2026-01-10'], ['2026-08-21', '2026-08-08'], ['2026-12-24', '2026-12-12']] // 10/2025. (IV. 30.) NGM
  .flatMap(([rest, worked]) => [{ date: rest, kind: 'public', name: 'Rest day exchanged' }, { date: worked, kind: 'work', name: 'Working day exchanged' }]);

/** Days off of Latvia that the package lacks, and the Saturdays worked for those exchanged: orders of the Cabinet, and single days of the act on holidays. */
const latviaExchanged = [['2018-04-30', '2018-04-21'], ['2018-07-09'], ['2018-09-24'], ['2020-06-22', '2020-06-13'],
  ['2021-05-03', '2021-05-08'], ['2021-06-25', '2021-06-19'], ['2021-11-19', '2021-11-13'], // order 354 of 30 June 2020
  ['2023-05-05', '2023-05-20'], ['2023-05-29'], ['2023-07-10'], ['2024-12-23', '2024-12-14'], ['2024-12-30', '2024-12-28'], // order 348 of 13 June 2023
  ['2025-05-02', '2025-05-10'], ['2025-11-17', '2025-11-08'], ['2026-01-02', '2026-01-17'], ['2026-06-22', '2026-06-27']]
  .flatMap(([rest, worked]) => [{ date: rest, kind: 'public', name: worked ? 'Rest day exchanged' : 'Single day off' }, ...(worked ? [{ date: worked, kind: 'work', name: 'Working day exchanged' }] : [])]);

/** 30 September, and what moves to Monday in the years in which 24 June and 1 July are Sundays. */
const reconciliation = (from) => yearly(from, 2040, { date: '09-30', kind: 'public', name: 'National Day for Truth and Reconciliation' });
const afterSunday = (day, name) => ['2018', '2029', '2035', '2040'].map((year) => ({ date: `${year}-${day}`, kind: 'public moved', name }));

/** Days that the pinned packages lack or (`kind: 'none'`) have wrongly, each with what orders it; they go when a newer package is right. */
export const corrections = {
  'AU-NSW': [{ date: '2020-04-27', kind: 'none' }], // data.gov.au, holidays of 2020
  'AU-SA': [{ date: '2021-04-26', kind: 'public', name: 'Anzac Day (additional day)' }], // data.gov.au, holidays of 2021
  'AU-TAS': [{ date: '2023-01-03', kind: 'none' }, { date: '2023-01-02', kind: 'public moved', name: "New Year's Day" }], // data.gov.au, holidays of 2023
  'AU-VIC': [{ date: '2020-09-25', kind: 'none' }, { date: '2020-10-23', kind: 'public', name: 'AFL Grand Final Friday' }, // data.gov.au, holidays of 2020 and 2022
    { date: '2022-09-30', kind: 'none' }, { date: '2022-09-23', kind: 'public', name: 'AFL Grand Final Friday' }],
  'BR-AM': blackAwareness,
  'BR-MT': blackAwareness,
  'BR-RJ': blackAwareness,
  'BR-RJ-RJ': blackAwareness,
  'BR-SP': blackAwareness,
  'CA-AB': afterSunday('07-02', 'Canada Day'), // Employment Standards Code s. 25
  'CA-BC': reconciliation(2023), // Employment Standards Act s. 1 as of 9 March 2023
  'CA-MB': reconciliation(2024).map((day) => ({ ...day, name: 'Orange Shirt Day' })), // S.M. 2023 c. 50, assented to on 7 December 2023
  'CA-NT': reconciliation(2022), // Employment Standards Act s. 22 as of 3 June 2022
  'CA-NU': yearly(2020, 2040, { date: '07-09' }).flatMap(({ date }) => [{ date, kind: 'none' }, // general holiday since 2020 (Department of Justice, 16 June 2020)
    { date, kind: 'public', name: 'Nunavut Day' }]),
  'CA-PE': [...reconciliation(2022), { date: '2022-09-19', kind: 'public', name: 'State funeral of Queen Elizabeth II' }], // Employment Standards Act s. 6 as of 2021, and a day declared for 2022
  'CA-QC': [...afterSunday('06-25', 'National Holiday'), ...afterSunday('07-02', 'Canada Day')], // F-1.1 a. 2, N-1.1 a. 60
  'CA-YT': reconciliation(2023), // Employment Standards Act; whether it was kept in 2022 was not read
  'CH-AI': yearly(2015, 2040, { date: '12-08', kind: 'public', name: 'Immaculate Conception' }), // GS 822.200 article 2(1)(c)
  'CH-AR': [...['2017', '2023', '2028', '2034'].map((year) => ({ date: `${year}-12-26`, kind: 'none' })), // not where Christmas is a Monday (hallo-ar.ch)
    ...['2016', '2022', '2033', '2039'].map((year) => ({ date: `${year}-12-26`, kind: 'public', name: 'Boxing Day' }))],
  'CH-GL': ['2027', '2032', '2038'].flatMap((year) => [{ date: `${year}-04-08`, kind: 'none' }, // first Thursday in April, a week later only in Holy Week (gl.ch)
    { date: `${year}-04-01`, kind: 'public', name: 'Näfelser Fahrt' }]),
  'CH-GR': ['2015-04-03', '2016-03-25', '2017-04-14', '2018-03-30', '2019-04-19', '2020-04-10', '2021-04-02', '2022-04-15', '2023-04-07', '2024-03-29', '2025-04-18', '2026-04-03',
    '2027-03-26', '2028-04-14', '2029-03-30', '2030-04-19', '2031-04-11', '2032-03-26', '2033-04-15', '2034-04-07', '2035-03-23', '2036-04-11', '2037-04-03', '2038-04-23', '2039-04-08', '2040-03-30']
    .flatMap((date) => [{ date, kind: 'none' }, { date, kind: 'public', name: 'Good Friday', local: 'Karfreitag' }]), // Ruhetagsgesetz (BR 520.100) article 2(1)
  CN: [{ date: '2018-06-16', kind: 'none' }, { date: '2018-09-22', kind: 'none' }], // State Council notice of 30 November 2017: joined with the weekend, none worked
  'GB-SCT': [{ date: '2026-06-15', kind: 'public', name: 'World Cup' }], // Royal Proclamation, Banking and Financial Dealings Act 1971 s. 1(3); palace statement of 4 February 2026
  HU: hungaryExchanged,
  IN: ['2017', '2018', '2020', '2021', '2022', '2023', '2025'].map((year) => ({ date: `${year}-04-14`, kind: 'public', name: 'Ambedkar Jayanti' })), // memoranda of these years; 2022 also in the list
  LV: latviaExchanged,
  MV: ['2024-04-21', '2024-04-22', '2024-11-10', '2025-01-02', '2025-02-06'].map((date) => ({ date, kind: 'public', name: 'Government holiday' })), // President's Office, as reported
  SG: [{ date: '2018-08-21', kind: 'none' }, { date: '2018-08-22', kind: 'public', name: 'Hari Raya Haji' }, // Ministry of Manpower, lists of 2018 to 2020
    { date: '2019-06-04', kind: 'none' }, { date: '2019-06-05', kind: 'public', name: 'Hari Raya Puasa' },
    { date: '2019-08-12', kind: 'public moved', name: 'Hari Raya Haji (substitute day)' }, { date: '2020-05-25', kind: 'public moved', name: 'Hari Raya Puasa (substitute day)' },
    { date: '2020-07-10', kind: 'public', name: 'Polling Day' }, { date: '2022-07-11', kind: 'public moved', name: 'Hari Raya Haji (substitute day)' }, // 21 October 2021
    { date: '2024-06-17', kind: 'public', name: 'Hari Raya Haji' }], // 24 May 2023
  TW: taiwanWorked.map((date) => ({ date, kind: 'work', name: 'Make-up workday', local: '補行上班' })), // data.gov.tw dataset 14718, office calendars of 2018 to 2025
};

/** Countries of which the second source knows more than the base data; none of its days is sure by itself. */
export const secondKnowsMore = ['TW'];

/** Days that the base data call public and that close no office: kept as optional. Country wide ones from memory; read the act before you add one. */
export const optional = {
  AE: /^First day of Ramadan$|^Laylat al-Mi'raj$/, // not in the Cabinet's list of holidays since 2019
  'CA-NT': /^Easter Monday$|^Boxing Day$/, // not in section 22 of the Employment Standards Act
  'CA-ON': /^Easter Monday$/, // no public holiday of the Employment Standards Act 2000
  'CA-PE': /^Gold Cup Parade Day$/, // not among the paid holidays that the Government lists
  'CA-YT': /^Easter Monday$/, // named by the Government as no statutory holiday
  CN: /^Children's Day$/, // a day off for children under 14
  'CH-AG': /^(Berchtoldstag|Easter Monday|Labour Day|Whit Monday|Corpus Christi|Assumption|All Saints' Day|Immaculate Conception|Boxing Day)$/, // in some districts alone (hallo-aargau.ch)
  'CH-AI': /^Mauritiustag$/, // in the inner part of the canton alone (GS 822.200 article 2)
  'CH-FR': /^Corpus Christi$|^Assumption$|^All Saints' Day$|^Immaculate Conception$/, // in the catholic part alone (fr.ch)
  'CH-GL': /^Christmas Eve$|^New Year's Eve$/, // not among the days of the Ruhetagsgesetz (gl.ch, labour inspectorate)
  'CH-NE': /^Easter Monday$|^Corpus Christi$/, // not in Act 941.02 article 3; Corpus Christi in Le Landeron alone
  'CH-SO': /^Saint Joseph$/, // not in section 2 of the Ruhetagsgesetz (BGS 512.41); communes may add days
  'CH-VS': /^Whit Monday$/, // no official holiday of the canton
  IN: /^Ambedkar Jayanti$/, // off only in the years in which a memorandum orders it (corrections)
};

/** Places that exchange days by a yearly order, and the last year whose order was at hand: what sources agree on after it confirms nothing. */
export const ordered = { by: 2026, hu: 2026, id: 2026, lv: 2026, ru: 2026 };
