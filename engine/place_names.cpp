#include "engine/place_names.h"

#include <algorithm>

#include "engine/place_codes.h"
#include "rules/suggest.h"

namespace duenotice {

namespace {

/// `CODE Name|`, the name that is shown.
constexpr std::string_view shown =
    "AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua and Barbuda|AI Anguilla|AL Albania|AM Armenia|AO Angola|AQ Antarctica|AR Argentina|"
    "AS American Samoa|AT Austria|AU Australia|AU-ACT Australian Capital Territory|AU-NSW New South Wales|AU-NT Northern Territory|AU-QLD Queensland|"
    "AU-SA South Australia|AU-TAS Tasmania|AU-VIC Victoria|AU-WA Western Australia|AW Aruba|AX Åland Islands|AZ Azerbaijan|BA Bosnia and Herzegovina|"
    "BB Barbados|BD Bangladesh|BE Belgium|BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BL Saint Barthélemy|BM Bermuda|BN Brunei|BO Bolivia|"
    "BQ Bonaire, Sint Eustatius and Saba|BR Brazil|BS Bahamas|BT Bhutan|BV Bouvet Island|BW Botswana|BY Belarus|BZ Belize|CA Canada|CA-AB Alberta|"
    "CA-BC British Columbia|CA-MB Manitoba|CA-NB New Brunswick|CA-NL Newfoundland and Labrador|CA-NS Nova Scotia|CA-NT Northwest Territories|"
    "CA-NU Nunavut|CA-ON Ontario|CA-PE Prince Edward Island|CA-QC Quebec|CA-SK Saskatchewan|CA-YT Yukon|CC Cocos (Keeling) Islands|"
    "CD Democratic Republic of the Congo|CF Central African Republic|CG Republic of the Congo|CH Switzerland|CI Ivory Coast|CK Cook Islands|CL Chile|"
    "CM Cameroon|CN China|CO Colombia|CR Costa Rica|CU Cuba|CV Cape Verde|CW Curaçao|CX Christmas Island|CY Cyprus|CZ Czechia|DE Germany|"
    "DE-BB Brandenburg|DE-BE Berlin|DE-BW Baden-Württemberg|DE-BY Bavaria|DE-HB Bremen|DE-HE Hesse|DE-HH Hamburg|DE-MV Mecklenburg-Western Pomerania|"
    "DE-NI Lower Saxony|DE-NW North Rhine-Westphalia|DE-RP Rhineland-Palatinate|DE-SH Schleswig-Holstein|DE-SL Saarland|DE-SN Saxony|DE-ST Saxony-Anhalt|"
    "DE-TH Thuringia|DJ Djibouti|DK Denmark|DM Dominica|DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|EH Western Sahara|ER Eritrea|"
    "ES Spain|ET Ethiopia|FI Finland|FJ Fiji|FK Falkland Islands|FM Micronesia|FO Faroe Islands|FR France|GA Gabon|GB United Kingdom|GB-ENG England|"
    "GB-NIR Northern Ireland|GB-SCT Scotland|GB-WLS Wales|GD Grenada|GE Georgia|GF French Guiana|GG Guernsey|GH Ghana|GI Gibraltar|GL Greenland|"
    "GM Gambia|GN Guinea|GP Guadeloupe|GQ Equatorial Guinea|GR Greece|GS South Georgia and the South Sandwich Islands|GT Guatemala|GU Guam|"
    "GW Guinea-Bissau|GY Guyana|HK Hong Kong|HM Heard Island and McDonald Islands|HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia|IE Ireland|"
    "IL Israel|IM Isle of Man|IN India|IO British Indian Ocean Territory|IQ Iraq|IR Iran|IS Iceland|IT Italy|JE Jersey|JM Jamaica|JO Jordan|JP Japan|"
    "KE Kenya|KG Kyrgyzstan|KH Cambodia|KI Kiribati|KM Comoros|KN Saint Kitts and Nevis|KP North Korea|KR South Korea|KW Kuwait|KY Cayman Islands|"
    "KZ Kazakhstan|LA Laos|LB Lebanon|LC Saint Lucia|LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|"
    "MA Morocco|MC Monaco|MD Moldova|ME Montenegro|MF Saint Martin|MG Madagascar|MH Marshall Islands|MK North Macedonia|ML Mali|MM Myanmar|MN Mongolia|"
    "MO Macao|MP Northern Mariana Islands|MQ Martinique|MR Mauritania|MS Montserrat|MT Malta|MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|"
    "MZ Mozambique|NA Namibia|NC New Caledonia|NE Niger|NF Norfolk Island|NG Nigeria|NI Nicaragua|NL Netherlands|NO Norway|NP Nepal|NR Nauru|NU Niue|"
    "NZ New Zealand|OM Oman|PA Panama|PE Peru|PF French Polynesia|PG Papua New Guinea|PH Philippines|PK Pakistan|PL Poland|PM Saint Pierre and Miquelon|"
    "PN Pitcairn|PR Puerto Rico|PS Palestine|PT Portugal|PW Palau|PY Paraguay|QA Qatar|RE Réunion|RO Romania|RS Serbia|RU Russia|RW Rwanda|"
    "SA Saudi Arabia|SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden|SG Singapore|SH Saint Helena|SI Slovenia|SJ Svalbard and Jan Mayen|SK Slovakia|"
    "SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname|SS South Sudan|ST Sao Tome and Principe|SV El Salvador|SX Sint Maarten|SY Syria|"
    "SZ Eswatini|TC Turks and Caicos Islands|TD Chad|TF French Southern Territories|TG Togo|TH Thailand|TJ Tajikistan|TK Tokelau|TL Timor-Leste|"
    "TM Turkmenistan|TN Tunisia|TO Tonga|TR Turkey|TT Trinidad and Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda|"
    "UM United States Minor Outlying Islands|US United States|US-AK Alaska|US-AL Alabama|US-AR Arkansas|US-AS American Samoa|US-AZ Arizona|"
    "US-CA California|US-CO Colorado|US-CT Connecticut|US-DC District of Columbia|US-DE Delaware|US-FL Florida|US-GA Georgia|US-GU Guam|US-HI Hawaii|"
    "US-IA Iowa|US-ID Idaho|US-IL Illinois|US-IN Indiana|US-KS Kansas|US-KY Kentucky|US-LA Louisiana|US-MA Massachusetts|US-MD Maryland|US-ME Maine|"
    "US-MI Michigan|US-MN Minnesota|US-MO Missouri|US-MP Northern Mariana Islands|US-MS Mississippi|US-MT Montana|US-NC North Carolina|"
    "US-ND North Dakota|US-NE Nebraska|US-NH New Hampshire|US-NJ New Jersey|US-NM New Mexico|US-NV Nevada|US-NY New York|US-OH Ohio|US-OK Oklahoma|"
    "US-OR Oregon|US-PA Pennsylvania|US-PR Puerto Rico|US-RI Rhode Island|US-SC South Carolina|US-SD South Dakota|US-TN Tennessee|US-TX Texas|"
    "US-UM United States Minor Outlying Islands|US-UT Utah|US-VA Virginia|US-VI US Virgin Islands|US-VT Vermont|US-WA Washington|US-WI Wisconsin|"
    "US-WV West Virginia|US-WY Wyoming|UY Uruguay|UZ Uzbekistan|VA Vatican City|VC Saint Vincent and the Grenadines|VE Venezuela|"
    "VG British Virgin Islands|VI US Virgin Islands|VN Vietnam|VU Vanuatu|WF Wallis and Futuna|WS Samoa|XK Kosovo|YE Yemen|YT Mayotte|ZA South Africa|"
    "ZM Zambia|ZW Zimbabwe|";

/// Other names, as folded() leaves them.
constexpr std::string_view more_names =
    "GB uk|GB britain|GB great britain|US usa|US america|US united states of america|NL holland|CZ czech republic|KR korea|KR republic of korea|KP korea|"
    "TR turkiye|AE uae|AE emirates|MO macau|MM burma|VA vatican|VA holy see|RU russian federation|VN viet nam|CI cote d ivoire|CD congo|CG congo|"
    "SZ swaziland|TL east timor|US-DC d c|US-DC dc|US-DC washington d c|US-DC washington dc|US-NY new york state|US-WA washington state|DE deutschland|"
    "DE-BY bayern|DE-HE hessen|DE-NI niedersachsen|DE-NW nordrhein westfalen|DE-NW nrw|DE-RP rheinland pfalz|DE-SN sachsen|DE-ST sachsen anhalt|"
    "DE-TH thuringen|DE-MV mecklenburg vorpommern|CA-NL newfoundland|AT osterreich|CH schweiz|ES espana|";

struct Named {
    std::string code, name, folded;
};

/// The letters of Latin-1 without their accents, from the second byte of their UTF-8 form.
constexpr std::string_view plain_letters = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";

/// Small letters without accents; every run of anything else is one blank; no leading "the"; `st` is `saint`.
std::string folded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '\xC3' && i + 1 < text.size()) c = plain_letters[static_cast<unsigned char>(text[++i]) & 0x3FU];
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == '\'') continue;
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter) result += c;
        else if (!result.empty() && result.back() != ' ') result += ' ';
    }
    while (!result.empty() && result.back() == ' ') result.pop_back();
    if (result.starts_with("the ")) result.erase(0, 4);
    if (result.starts_with("st ")) result.replace(0, 2, "saint");
    return result;
}

std::vector<Named> table(std::string_view text) {
    std::vector<Named> list;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find('|'));
        text.remove_prefix(one.size() + 1);
        const std::size_t blank = one.find(' ');
        list.push_back({std::string(one.substr(0, blank)), std::string(one.substr(blank + 1)), folded(one.substr(blank + 1))});
    }
    return list;
}

const std::vector<Named>& shown_names() {
    static const std::vector<Named> list = table(shown);
    return list;
}
const std::vector<Named>& other_names() {
    static const std::vector<Named> list = table(more_names);
    return list;
}

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return result;
}

bool within(std::string_view code, std::string_view country) { return country.empty() || (code.size() > 3 && code.substr(0, 2) == country); }

std::vector<std::string> by_name(std::string_view text, std::string_view country) {
    const std::string wanted = folded(text);
    std::vector<std::string> found;
    for (const auto* list : {&shown_names(), &other_names()})
        for (const Named& one : *list)
            if (one.folded == wanted && within(one.code, country)) found.push_back(one.code);
    // A territory of the United States stands in the list of countries too; its law is that of a part.
    std::erase_if(found, [&](const std::string& code) { return std::find(found.begin(), found.end(), "US-" + code) != found.end(); });
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

std::string place_name(std::string_view code) {
    for (const Named& one : shown_names())
        if (one.code == code) return one.name;
    return std::string(code);
}

std::vector<std::string> places_named(std::string_view text) {
    const bool part = text.size() > 3 && text[2] == '-';
    const std::string code = part ? upper(text) : std::string(text);
    if (is_place_code(code)) return {code};
    std::vector<std::string> found = by_name(text, {});
    if (found.empty() && text.size() == 2 && text == upper(text)) found = places_named_in("US", text);
    return found;
}

std::vector<std::string> places_named_in(std::string_view country, std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    const std::string code = upper(text);
    if (within(code, country) && is_place_code(code)) return {code};
    if (!code.empty() && code.size() <= 3 && is_place_code(std::string(country) + "-" + code)) return {std::string(country) + "-" + code};
    return by_name(text, country);
}

std::string nearest_place_name(std::string_view text, std::string_view country) {
    std::vector<std::string_view> names;
    for (const Named& one : shown_names())
        if (within(one.code, country)) names.push_back(one.name);
    return nearest(text, names);
}

}  // namespace duenotice
