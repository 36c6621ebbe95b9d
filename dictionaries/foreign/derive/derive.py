#!/usr/bin/env python3
"""Makes the word tables of dictionaries/foreign from word counts. ../SOURCES.md says whose.

usage: derive.py WORDFREQ_DATA FREQUENCYWORDS_CONTENT UD_IRISH_IDT OUT

WORDFREQ_DATA            wordfreq/data of rspeer/wordfreq (small_*.msgpack.gz)
FREQUENCYWORDS_CONTENT   content/2018 of hermitdave/FrequencyWords
UD_IRISH_IDT             the folder of that treebank's .conllu files
"""
import collections
import glob
import gzip
import math
import os
import re
import struct
import sys

# wordfreq's tag -> ours. Serbo-Croatian is one list there; its Latin half is Croatian's here.
WORDFREQ = {tag: tag for tag in "ar bg ca cs da de el es fa fi fr he hi hu id is it lt lv mk nb nl pl "
            "pt ro ru sk sl sv tr uk ur vi".split()}
WORDFREQ |= {"ms": "ms", "fil": "fil", "sh": "hr"}
COUNTS = "af et eu gl ko sq sr".split()
LATIN = 8000  # words of a language in Latin letters
OTHER = 2000  # of the others, where the script has already told that it is foreign
OTHERS = "ar bg el fa he hi ko mk ru sr uk ur".split()
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?")


def unpack(data, at):
    """The few kinds of msgpack that wordfreq uses."""
    kind = data[at]
    if kind < 0x80:
        return kind, at + 1
    if kind < 0x90:
        out, at = {}, at + 1
        for _ in range(kind & 15):
            key, at = unpack(data, at)
            out[key], at = unpack(data, at)
        return out, at
    if kind < 0xA0 or kind in (0xDC, 0xDD):
        if kind < 0xA0:
            n, at = kind & 15, at + 1
        else:
            size = 2 if kind == 0xDC else 4
            n, at = int.from_bytes(data[at + 1:at + 1 + size], "big"), at + 1 + size
        out = []
        for _ in range(n):
            item, at = unpack(data, at)
            out.append(item)
        return out, at
    if kind < 0xC0:
        n, at = kind & 31, at + 1
    elif kind == 0xD9:
        n, at = data[at + 1], at + 2
    elif kind == 0xDA:
        n, at = struct.unpack(">H", data[at + 1:at + 3])[0], at + 3
    else:
        raise ValueError(hex(kind))
    return data[at:at + n].decode(), at + n


def of_wordfreq(folder, tag):
    rows, _ = unpack(gzip.open(f"{folder}/small_{tag}.msgpack.gz").read(), 0)
    return {word: 9 - i / 100 for i, words in enumerate(rows[1:]) for word in words}


def of_counts(counts):
    total = sum(counts.values())
    return {word: math.log10(n / total * 1e9) for word, n in counts.items()}


def of_frequencywords(folder, tag):
    path = f"{folder}/{tag}/{tag}_50k.txt"
    counts = collections.Counter()
    for line in open(path if os.path.exists(path) else f"{folder}/{tag}/{tag}_full.txt", encoding="utf-8"):
        word, _, n = line.rpartition(" ")
        counts[word.lower()] += int(n)
    return of_counts(counts)


def of_treebank(folder):
    counts = collections.Counter()
    for path in glob.glob(f"{folder}/*.conllu"):
        for line in open(path, encoding="utf-8"):
            if line.startswith("# text = "):
                counts.update(WORD.findall(line[9:].lower()))
    return of_counts(collections.Counter({word: n for word, n in counts.items() if n > 1}))


def write(out, tag, words, source):
    limit = OTHER if tag in OTHERS else LATIN
    rows = {}
    for word, zipf in sorted(words.items(), key=lambda row: (-row[1], row[0])):
        word = word.replace("’", "'").strip("'-")
        if not re.fullmatch(r"[^\W\d_]+(?:['-][^\W\d_]+)*", word) or word in rows:
            continue
        if word.isascii() if tag in OTHERS else not re.match(r"[a-z\u00aa-\u024f\u1e00-\u1eff]", word):
            continue
        rows[word] = zipf
        if len(rows) == limit:
            break
    with open(f"{out}/{tag}.tsv", "w", encoding="utf-8") as file:
        print(f"# The {len(rows)} most frequent words: word, Zipf frequency. {source}; see SOURCES.md.", file=file)
        for word, zipf in rows.items():
            print(f"{word}\t{zipf:.2f}", file=file)


def main():
    wordfreq, frequencywords, irish, out = sys.argv[1:]
    for theirs, ours in WORDFREQ.items():
        write(out, ours, of_wordfreq(wordfreq, theirs), "From wordfreq")
    for tag in COUNTS:
        write(out, tag, of_frequencywords(frequencywords, tag), "From FrequencyWords")
    write(out, "ga", of_treebank(irish), "Counted in UD Irish-IDT")


if __name__ == "__main__":
    main()
