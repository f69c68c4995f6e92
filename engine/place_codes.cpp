#include "engine/place_codes.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "rules/suggest.h"
#include "rules/text_parts.h"

namespace duenotice {

namespace {

constexpr std::string_view country_codes =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL "
    "CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU "
    "GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC "
    "MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT "
    "PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA "
    "UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

constexpr std::string_view part_codes =
    "AU-ACT AU-NSW AU-NT AU-QLD AU-SA AU-TAS AU-VIC AU-WA CA-AB CA-BC CA-MB CA-NB CA-NL CA-NS CA-NT CA-NU CA-ON CA-PE CA-QC CA-SK CA-YT DE-BB "
    "DE-BE DE-BW DE-BY DE-HB DE-HE DE-HH DE-MV DE-NI DE-NW DE-RP DE-SH DE-SL DE-SN DE-ST DE-TH US-AK US-AL US-AR US-AS US-AZ US-CA US-CO US-CT "
    "US-DC US-DE US-FL US-GA US-GU US-HI US-IA US-ID US-IL US-IN US-KS US-KY US-LA US-MA US-MD US-ME US-MI US-MN US-MO US-MP US-MS US-MT US-NC "
    "US-ND US-NE US-NH US-NJ US-NM US-NV US-NY US-OH US-OK US-OR US-PA US-PR US-RI US-SC US-SD US-TN US-TX US-UM US-UT US-VA US-VI US-VT US-WA "
    "US-WI US-WV US-WY";

/// Sorted, as the lists above are.
const std::vector<std::string_view>& country_list() {
    static const std::vector<std::string_view> list = text_parts(country_codes, ' ');
    return list;
}
const std::vector<std::string_view>& part_list() {
    static const std::vector<std::string_view> list = text_parts(part_codes, ' ');
    return list;
}

}  // namespace

bool is_place_code(std::string_view code) {
    // XA to XZ are left to users by ISO 3166-1: invented countries of tests and drills.
    const bool user_assigned = code.size() >= 2 && code[0] == 'X' && code[1] >= 'A' && code[1] <= 'Z';
    if (code.size() < 2 || (!user_assigned && !std::binary_search(country_list().begin(), country_list().end(), code.substr(0, 2)))) return false;
    if (code.size() == 2) return true;
    const std::string_view part = code.substr(3);
    if (code[2] != '-' || part.empty() || part.size() > 3) return false;
    if (!std::all_of(part.begin(), part.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); })) return false;
    const std::string_view country = code.substr(0, 2);
    if (country != "US" && country != "DE" && country != "CA" && country != "AU") return true;
    return std::binary_search(part_list().begin(), part_list().end(), code);
}

std::string one_place_code(std::string_view code) {
    constexpr std::string_view territories[] = {"AS", "GU", "MP", "PR", "UM", "VI"};
    const bool twice = std::find(std::begin(territories), std::end(territories), code) != std::end(territories);
    return (twice ? "US-" : "") + std::string(code);
}

std::string nearest_place_code(std::string_view code) {
    if (code == "UK") return "GB";
    if (code == "EL") return "GR";
    std::string upper(code);
    for (char& c : upper) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == '_') c = '-';
    }
    if (is_place_code(upper)) return upper;
    if (upper.size() == 2 && is_place_code("US-" + upper)) return "US-" + upper;
    return upper.size() > 3 ? nearest(upper, part_list()) : std::string();
}

}  // namespace duenotice
