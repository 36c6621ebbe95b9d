#!/usr/bin/env python3
"""Plants errors that only the source shows, for the checks that compare a text with its source.

usage: plant_source.py PAIRS... -o FOLDER [--kind number|markup|omission|pronoun|none] [--language TAG] [--seed N]

PAIRS are JSON lines with "src" and "paragraphs" (lists of the same length) or "source" and "text".
Writes FOLDER/LANGUAGE.jsonl, which galley reads, with one error in each text that has a place for one,
and FOLDER/gold.tsv: file, line, kind, begin and end of the place (bytes of the text's UTF-8), what was
done. bench/score_source.py holds a report against it.

Markup is put into both sides first, at the same share of the words, as human translators' texts
have none; with --kind clean-markup it is left whole.
"""
import argparse
import collections
import json
import os
import random
import re

NUMBER = re.compile(r"(?<![\w.,:/-])\d[\d,.]*\d(?![\w:/-])|(?<![\w.,:/-])\d(?![\w.,:/-])")
LARGE = ["thousand", "million", "billion", "trillion"]
CODES = ["{name}", "{0}", "%s", "%1$s", "%(count)d", "<b>…</b>", "<a href=\"https://example.org/x\">…</a>", "<br/>",
         "https://example.org/news/42", "press@example.org", "{n, plural, one {#} other {#}}", "${total}", "%@"]


def pairs(paths):
    for path in paths:
        for line in open(path, encoding="utf-8"):
            item = json.loads(line)
            if "paragraphs" in item:
                for n, (source, text) in enumerate(zip(item["src"], item["paragraphs"])):
                    yield item["lang_src"], f"{item['id']}/{item.get('system', '')}/{n}", source, text
            else:
                yield item.get("lang_src", "xx"), str(item.get("id", "")), item["source"], item["text"]


def change_number(rng, text):
    """One number is changed, shifted or lost; its place in characters and what was done."""
    numbers = [m for m in NUMBER.finditer(text) if any(c.isdigit() for c in m.group())]
    large = [m for m in re.finditer(r"\b(" + "|".join(LARGE) + r")s?\b", text)]
    if not numbers and not large:
        return None
    if large and (not numbers or rng.random() < 0.2):
        match = rng.choice(large)
        new = rng.choice([w for w in LARGE if w != match.group(1)])
        return text[:match.start()] + new + text[match.end():], match.start(), match.start() + len(new), "scale"
    match = rng.choice(numbers)
    old = match.group()
    digits = [i for i, c in enumerate(old) if c.isdigit()]
    how = rng.choice(["digit", "digit", "digit", "swap", "tenfold"])
    new = old
    if how == "swap" and len(digits) > 1:
        for _ in range(8):
            i = rng.randrange(len(digits) - 1)
            a, b = digits[i], digits[i + 1]
            new = list(old)
            new[a], new[b] = new[b], new[a]
            new = "".join(new)
            if new != old and new[0] != "0":
                break
    if how == "tenfold" and re.fullmatch(r"\d+", old):
        new = old + "0"
    if new == old or new[0] == "0":
        i = rng.choice(digits)
        new = old[:i] + rng.choice([d for d in "123456789" if d != old[i]]) + old[i + 1:]
        how = "digit"
    return text[:match.start()] + new + text[match.end():], match.start(), match.start() + len(new), how


def sentences_of(text):
    """The stretches of whole sentences; not what ends in an initial or abbreviation."""
    ends = [m.end() for m in re.finditer(r"(?<![A-Z])(?<!\bNo)(?<!\bSt)(?<!\bMr)(?<!\bDr)(?<!\b[a-z])[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z])", text)]
    begins = [0] + ends
    return [(begin, end) for begin, end in zip(begins, ends + [len(text)])]


def omit(rng, text):
    """A sentence or a clause is left out; the place is where it was. Not the first one, which is
    often a headline with a sentence behind it."""
    sentences = [s for s in sentences_of(text)[1:] if s[1] - s[0] > 40]
    clauses = [m.span() for m in re.finditer(r",[^,.;!?\"“”()]{30,}(?=[,.] )", text) if len(m.group().split()) > 5]
    if len(sentences) < 3 and not clauses:
        return None
    if clauses and (len(sentences) < 3 or rng.random() < 0.3):
        begin, end = rng.choice(clauses)
        how = "clause"
    else:
        begin, end = rng.choice(sentences)
        how = "sentence"
    return text[:begin] + text[end:], begin, begin, how


def insert(text, shares, codes, unspaced):
    """Puts the codes at their shares of the text, between words; answers their places, too."""
    places = [m.end() for m in re.finditer(r"[。、]|\s" if unspaced else r"\s", text)] or [0]
    chosen = sorted({places[min(int(share * len(places)), len(places) - 1)] for share in shares})
    out, spans, done = "", [], 0
    for place, code in zip(chosen, codes):
        out += text[done:place]
        done = place
        if "…" in code:
            inner = re.match(r"\S{0,12}", text[place:]).group()
            code = code.replace("…", inner)
            done += len(inner)
        spans.append((len(out), len(out) + len(code)))
        out += code if done > place else code + " "
    return out + text[done:], spans


def break_code(rng, code):
    """A code as a machine or a tired hand leaves it."""
    how = rng.choice(["lost", "changed"])
    if how == "lost":
        return "", how
    for old, new in [("{name}", "{nombre}"), ("{0}", "{1}"), ("%s", "% s"), ("%1$s", "%2$s"), ("%(count)d", "%(cuenta)d"),
                     ("</b>", "< /b>"), ("</a>", ""), ("<br/>", "<br"), ("example.org/news/42", "example.org/news/24"),
                     ("press@", "presse@"), ("{n, plural", "{n, Plural"), ("${total}", "$ {total}"), ("%@", "@")]:
        if old in code:
            return code.replace(old, new, 1), how
    return "", "lost"


def mark_up(rng, source, text, language, broken):
    shares = sorted(rng.random() for _ in range(3))
    codes = [rng.choice(CODES) for _ in shares]
    marked_source, of_source = insert(source, shares, codes, language in ("ja", "zh"))
    marked, spans = insert(text, shares, codes, False)
    if len(spans) != len(of_source):
        return source, text, None  # two fell on one place
    source, text = marked_source, marked
    if not broken:
        return source, text, None
    begin, end = spans[rng.randrange(len(spans))]
    new, how = break_code(rng, text[begin:end])
    return source, text[:begin] + new + text[end:], (begin, begin + len(new), how)


def turn_pronoun(rng, text):
    """One pronoun of the third person changes its sex."""
    others = {"he": "she", "she": "he", "him": "her", "his": "her", "her": "his", "himself": "herself", "herself": "himself"}
    pronouns = list(re.finditer(r"\b(he|she|him|his|her|himself|herself)\b", text, re.IGNORECASE))
    if not pronouns:
        return None
    match = rng.choice(pronouns)
    old = match.group()
    new = others[old.lower()]
    new = new.capitalize() if old[0].isupper() else new
    return text[:match.start()] + new + text[match.end():], match.start(), match.start() + len(new), old.lower()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pairs", nargs="+")
    parser.add_argument("-o", required=True)
    parser.add_argument("--kind", default="none", choices=["none", "number", "markup", "clean-markup", "omission", "pronoun"])
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    lines = collections.defaultdict(list)
    gold = []
    for language, name, source, text in pairs(arguments.pairs):
        done = None
        if arguments.kind == "number":
            done = change_number(rng, text)
        elif arguments.kind == "pronoun":
            done = turn_pronoun(rng, text)
        elif arguments.kind == "omission":
            done = omit(rng, text)
        elif arguments.kind in ("markup", "clean-markup"):
            source, text, place = mark_up(rng, source, text, language, arguments.kind == "markup")
            done = place and (text, *place)
        if done is not None:
            text, begin, end, how = done
            place = [len(text[:at].encode()) for at in (begin, end)]
            gold.append([language + ".jsonl", len(lines[language]), arguments.kind, *place, how])
        lines[language].append(json.dumps({"id": name, "text": text, "source": source}, ensure_ascii=False))
    os.makedirs(arguments.o, exist_ok=True)
    for language, items in lines.items():
        with open(os.path.join(arguments.o, language + ".jsonl"), "w", encoding="utf-8") as file:
            file.write("\n".join(items) + "\n")
    with open(os.path.join(arguments.o, "gold.tsv"), "w", encoding="utf-8") as file:
        for row in gold:
            file.write("\t".join(map(str, row)) + "\n")


if __name__ == "__main__":
    main()
