#!/usr/bin/env python3
"""How much memory long documents take, and how fast they are checked.

usage: bench/memory.py [--sizes MB,MB,...] [--folder FOLDER] [--galley PROGRAM]

Writes a translation memory (TMX, German and English) and a plain text of each size (10, 100 and
1,000 MB unless told) into FOLDER (a temporary one) and checks each in a process of its own. Needs a
build (./run) and about 2 GB of disk for the largest.

The sentences are made from a few dozen patterns, names and numbers, so that no two are the same, and
one in about 200 has a defect. Peak memory is what the system counted (ru_maxrss); the language
pack's pages and the libraries', which processes share, are in it: the first line says how much a
document of one sentence takes. MB/s are bytes of the file by seconds of processor time.
"""
import argparse
import os
import pathlib
import random
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MB = 1_000_000

NAMES = ["Anna Keller", "Jonas Brandt", "Maria Lindner", "Peter Hofmann", "Clara Vogt", "Lukas Seidel", "Eva Sommer",
         "Martin Berger", "Julia Krause", "Thomas Albrecht"]
TOWNS = ["Bern", "Bremen", "Linz", "Ulm", "Graz", "Kassel", "Basel", "Erfurt", "Trier", "Passau"]
PATTERNS = [
    ("{name} sagte am Montag in {town}, {n} Menschen hätten sich gemeldet.",
     "{name} said in {town} on Monday that {n} people had come forward."),
    ("Der Rat von {town} nahm den Plan mit {n} Stimmen an.",
     "The council of {town} passed the plan with {n} votes."),
    ("Nach Angaben der Polizei kamen {n} Besucher nach {town}.",
     "According to the police, {n} visitors came to {town}."),
    ("„Wir haben {n} Briefe bekommen“, sagte {name}.",
     "“We received {n} letters,” said {name}."),
    ("Die Brücke bei {town} wird für {n} Euro erneuert &amp; verbreitert.",
     "The bridge near {town} is being renewed &amp; widened for {n} euros."),
    ("Im Jahr zuvor waren es in {town} noch {n} gewesen.",
     "In the year before there had been {n} of them in {town}."),
    ("{name} fuhr mit dem Zug nach {town} und las dort {n} Seiten vor.",
     "{name} took the train to {town} and read {n} pages aloud there."),
    ("Das Museum in {town} zeigt <bpt i=\"1\">&lt;b&gt;</bpt>{n}<ept i=\"1\">&lt;/b&gt;</ept> Bilder aus dem Nachlass.",
     "The museum in {town} shows <bpt i=\"1\">&lt;b&gt;</bpt>{n}<ept i=\"1\">&lt;/b&gt;</ept> pictures from the estate."),
    ("Wer die {n} Anträge gestellt hat, wollte {name} nicht sagen.",
     "{name} would not say who had filed the {n} applications."),
    ("Am Abend war der Platz in {town} leer, nur {n} Helfer blieben.",
     "In the evening the square in {town} was empty, and only {n} helpers stayed."),
]
DEFECTS = [(" the ", " the the "), (" people ", " poeple "), (" was ", " were was "), (" and ", " adn "), (" in ", " in in ")]


def pairs(seed):
    """Sentences without end: German, English."""
    chance = random.Random(seed)
    number = 1000
    while True:
        source, target = chance.choice(PATTERNS)
        number += chance.randrange(1, 4)
        words = {"name": chance.choice(NAMES), "town": chance.choice(TOWNS), "n": number}
        target = target.format(**words)
        if chance.random() < 0.005:
            target = target.replace(*chance.choice(DEFECTS), 1)
        yield source.format(**words), target


def write_memory(path, size):
    with open(path, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="bench" creationtoolversion="1" '
                   'segtype="sentence" o-tmf="bench" adminlang="en" srclang="de" datatype="plaintext"/>\n<body>\n')
        for number, (source, target) in enumerate(pairs(1)):
            file.write(f'<tu tuid="{number}"><tuv xml:lang="de"><seg>{source}</seg></tuv>'
                       f'<tuv xml:lang="en"><seg>{target}</seg></tuv></tu>\n')
            if number % 1000 == 0 and file.tell() >= size:
                break
        file.write("</body>\n</tmx>\n")


def write_text(path, size):
    with open(path, "w", encoding="utf-8") as file:
        for number, (_, target) in enumerate(pairs(2)):
            plain = target.replace("<bpt i=\"1\">&lt;b&gt;</bpt>", "").replace("<ept i=\"1\">&lt;/b&gt;</ept>", "")
            file.write(plain.replace("&amp;", "and") + ("\n\n" if number % 4 == 3 else " "))
            if number % 1000 == 3 and file.tell() >= size:
                break


def check(galley, path, *options):
    """Processor seconds, and peak memory in bytes."""
    process = subprocess.Popen([galley, "check", "--no-config", "--jobs=1", "--format=jsonl", "--output=/dev/null",
                                *options, str(path)], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{path}: exit status {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,100,1000")
    parser.add_argument("--folder")
    parser.add_argument("--galley", default=str(ROOT / "build" / "hosts" / "cli" / "galley"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        one = pathlib.Path(folder) / "one.txt"
        one.write_text("The council met on Monday.\n")
        print(f"a document of one sentence: {check(arguments.galley, one)[1] / MB:.0f} MB\n")
        print(f"{'':22}{'size':>9}{'all checks':>14}{'peak memory':>13}{'one check':>14}{'peak memory':>13}")
        for name, ending, write in (("translation memory", "tmx", write_memory), ("plain text", "txt", write_text)):
            for size in arguments.sizes.split(","):
                path = pathlib.Path(folder) / f"long.{ending}"
                write(path, float(size) * MB)
                bytes_ = path.stat().st_size
                seconds, peak = check(arguments.galley, path)
                one_seconds, one_peak = check(arguments.galley, path, "--only=markup")
                path.unlink()
                print(f"{name:22}{bytes_ / MB:6.0f} MB{bytes_ / MB / seconds:9.1f} MB/s{peak / MB:10.0f} MB"
                      f"{bytes_ / MB / one_seconds:9.1f} MB/s{one_peak / MB:10.0f} MB", flush=True)


if __name__ == "__main__":
    main()
