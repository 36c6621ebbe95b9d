#!/usr/bin/env python3
"""Foreign fragments: recall by length and language, how exactly their ends are found, false alarms.

usage: untranslated.py GOLD.tsv REPORT.jsonl --texts DIR [--pool FOREIGN.tsv] [--misses N]
                       [--alarms N] [--ends N]

GOLD.tsv      file, start, end (code points), class, before, after: planted defects; those of the
              class "untranslated" count
REPORT.jsonl  what `galley check --format=jsonl DIR` printed
FOREIGN.tsv   language TAB sentence: where the planted fragments were cut from, so that recall can be
              told by language

An end is right when it is that of the planted words, marks around them left out. With --pool, also the
share of finds that name the language whose sentences the words were cut from, of those that name any.
"""
import argparse
import collections
import json
import os
import re

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def read_gold(path):
    gold = collections.defaultdict(list)
    for line in open(path, encoding="utf-8"):
        name, begin, end, kind, _, after = line.rstrip("\n").split("\t")[:6]
        if kind == "untranslated":
            gold[name].append((int(begin), int(end), after))
    return gold


def read_finds(document, raw):
    """The issues of the check as code points of the text, with their message."""
    finds = []
    for issue in document["issues"]:
        if issue["check"] == "untranslated":
            begin = len(raw[:issue["offset"]].decode(errors="ignore"))
            end = issue["offset"] + issue["length"]
            finds.append((begin, begin + len(raw[issue["offset"]:end].decode(errors="ignore")),
                          issue["message"]))
    return finds


def trim(text, begin, end):
    """The stretch without the marks and spaces around it."""
    while begin < end and not text[begin].isalnum():
        begin += 1
    while end > begin and not text[end - 1].isalnum():
        end -= 1
    return begin, end


def bucket(after):
    n = len(WORD.findall(after))
    return "1" if n < 2 else "2-3" if n <= 3 else "4-5" if n <= 5 else "6+"


# What the messages call the languages of the pools; Croatian is Serbian and Bosnian, too.
NAMES = {"es": "Spanish", "fr": "French", "de": "German", "it": "Italian", "pt": "Portuguese",
         "nl": "Dutch", "tr": "Turkish", "pl": "Polish", "sv": "Swedish", "fi": "Finnish",
         "hu": "Hungarian", "is": "Icelandic", "hr": "Croatian", "id": "Indonesian",
         "zh": "Chinese", "uk": "Ukrainian", "ro": "Romanian", "cs": "Czech", "da": "Danish",
         "ru": "Russian", "ja": "Japanese", "ko": "Korean", "ar": "Arabic", "he": "Hebrew"}


def language_of(after, pool):
    for language, text in pool:
        if after in text:
            return language
    return "?"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold")
    parser.add_argument("report")
    parser.add_argument("--texts", required=True)
    parser.add_argument("--pool")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--alarms", type=int, default=0)
    parser.add_argument("--ends", type=int, default=0, help="show this many wrong ends")
    args = parser.parse_args()
    gold = read_gold(args.gold)
    texts = collections.defaultdict(list)
    if args.pool:
        for line in open(args.pool, encoding="utf-8"):
            language, sentence = line.rstrip("\n").split("\t", 1)
            texts[language].append(sentence)
    pool = [(language, "\n".join(sentences)) for language, sentences in texts.items()]
    total, found = collections.Counter(), collections.Counter()
    right, n_words, alarms, n_ends = collections.Counter(), 0, [], 0
    shown = collections.Counter()
    named = collections.Counter()
    for line in open(args.report, encoding="utf-8"):
        document = json.loads(line)
        name = os.path.basename(document["uri"])
        raw = open(os.path.join(args.texts, name), "rb").read()
        text = raw.decode()
        n_words += len(text.split())
        finds = read_finds(document, raw)
        used = set()
        for begin, end, after in gold[name]:
            keys = ["all", "length " + bucket(after)]
            keys += ["language " + language_of(after, pool)] if pool else []
            touching = [find for find in finds if find[0] < end + 1 and find[1] > begin - 1]
            used.update(touching)
            total.update(keys)
            if not touching:
                if shown["miss"] < args.misses:
                    shown["miss"] += 1
                    print(f"missed  {name}  {keys[-1]}  {text[max(0, begin - 30):begin]}[{after}]"
                          f"{text[end:end + 20]}".replace("\n", "¶"))
                continue
            found.update(keys)
            name = touching[0][2].rsplit(" of ", 1)[-1].split(" (")[0]
            if pool and name != "another language":
                named["all"] += 1
                named["right"] += name == NAMES.get(keys[-1].split()[-1])
            want = trim(text, begin, end)
            have = trim(text, touching[0][0], touching[-1][1])
            n_ends += 2
            right["begin"] += want[0] == have[0]
            right["end"] += want[1] == have[1]
            right["both"] += want == have
            if want != have and shown["end"] < args.ends:
                shown["end"] += 1
                print(f"ends    {name}  {text[max(0, begin - 20):begin]}[{after}]{text[end:end + 15]}"
                      f"  reported [{text[have[0]:have[1]]}]".replace("\n", "¶"))
        alarms += [(name, text, find) for find in finds if find not in used]
    for name, text, (begin, end, message) in alarms[:args.alarms]:
        print(f"alarm   {name}  {text[max(0, begin - 30):begin]}[{text[begin:end]}]"
              f"{text[end:end + 20]}  {message}".replace("\n", "¶"))
    for key in sorted(total):
        print(f"{key:14} {total[key]:6} {found[key]:6} {found[key] / total[key]:7.3f}")
    if n_ends:
        print(f"ends right {(right['begin'] + right['end']) / n_ends:.3f}, both of a fragment "
              f"{right['both'] * 2 / n_ends:.3f}")
    if named["all"]:
        print(f"language named in {named['all']}, right in {named['right'] / named['all']:.3f}")
    print(f"{len(alarms)} alarms in {n_words} words, {len(alarms) * 1e5 / n_words:.1f} per 100,000")


if __name__ == "__main__":
    main()
