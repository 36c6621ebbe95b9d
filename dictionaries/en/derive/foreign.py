#!/usr/bin/env python3
"""Makes foreign.tsv: frequent words of other languages, from wordfreq's lists.

A word counts for a language where it is five times as frequent as in English.

usage: foreign.py WORDFREQ_DATA_FOLDER > foreign.tsv
"""
import collections
import os
import sys

from derive import WORD, wordfreq

LANGUAGES = {
    "es": "Spanish", "fr": "French", "de": "German", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "pl": "Polish", "tr": "Turkish", "sv": "Swedish", "da": "Danish", "nb": "Norwegian", "fi": "Finnish",
    "hu": "Hungarian", "ro": "Romanian", "cs": "Czech", "sk": "Slovak", "sl": "Slovene", "sh": "Serbo-Croatian",
    "lt": "Lithuanian", "lv": "Latvian", "id": "Indonesian", "ms": "Malay", "ca": "Catalan", "fil": "Filipino",
    "vi": "Vietnamese", "is": "Icelandic",
}
LEAST = 3.9  # Zipf: about the 6,000 commonest words

folder = sys.argv[1]
english = dict(wordfreq(os.path.join(folder, "small_en.msgpack.gz")))
words = collections.defaultdict(list)
print("# Frequent words of other languages, wordfreq (data CC BY-SA 4.0). See SOURCES.md; derive/foreign.py.")
for code, name in LANGUAGES.items():
    path = os.path.join(folder, f"small_{code}.msgpack.gz")
    if not os.path.exists(path):
        continue
    print("=" + code, name, sep="\t")
    for word, zipf in wordfreq(path):
        if zipf < LEAST:
            break
        if WORD.match(word) and len(word) <= 24 and zipf >= english.get(word, 0) + 0.7:
            words[word].append(code)
for word in sorted(words):
    print(word, ",".join(words[word]), sep="\t")
