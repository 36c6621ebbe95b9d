#!/usr/bin/env python3
"""Trains the tagger and the scorer of junctions (plugin/language/tagger.h, junction.h). SOURCES.md says on what.

usage: train.py TOKENS PACK [WEIGHTS.tsv] CONLLU... MASC.zip TEXT.txt... [FOR_CONTENT...] > weights.tsv

TOKENS and PACK are what the build makes (bench/tokens, dictionaries/en.galley): the words are seen as the
checks see them. The tagger is an averaged perceptron (Collins 2002) on the treebanks. A junction is where a sentence
begins anew inside another one; the scorer is a logistic regression on sentences of the treebanks, of MASC and of the
texts (a document a line; wikitext*.txt as WikiText-2 is), each cut behind some word and joined with the one that
follows, against capitals that stand inside sentences. Begins with content words and names have a scorer of their own,
which learns from FOR_CONTENT, too (wikinews*.csv with a column "text", wikisplit*.tsv as WikiSplit is); it needs
NumPy and SciPy. Of these three, what has rows in WEIGHTS.tsv is taken from there as it is.
"""
import array
import csv
import math
import random
import re
import subprocess
import sys
import zipfile

from derive import TAGS

NAMES = ["noun", "noun_plural", "proper_noun", "pronoun", "determiner", "adjective", "adverb", "adposition",
         "coordinator", "subordinator", "particle", "numeral", "interjection", "auxiliary", "verb_base",
         "verb_singular", "verb_past", "verb_participle", "verb_gerund"]
BIT = {name: 1 << i for i, name in enumerate(NAMES)}
N = len(NAMES)
COMMA, STOP, OTHER, BEGIN = range(N, N + 4)
NUMERAL = NAMES.index("numeral")
PROPER = NAMES.index("proper_noun")
OPEN = sum(BIT[n] for n in ("noun", "noun_plural", "proper_noun", "adjective", "adverb", "verb_base", "verb_singular",
                            "verb_past", "verb_participle", "verb_gerund"))
FUNCTION = 1 << 19
COMMON = 125  # 25 × log10 of occurrences in 10^9 words: about a thousand words
KNOWN = 75
CLITIC = 0x200


class Token:
    __slots__ = ("unit", "sentence", "offset", "len", "kind", "case", "flags", "form", "parts", "classes", "form_flags",
                 "zipf", "text", "symbol", "start_symbol", "word", "tags", "start_tags", "gold")

    def __init__(self, line):
        f = line.split("\t", 12)
        self.unit, self.sentence, self.offset, self.len, self.kind, self.case = map(int, f[:6])
        self.flags, self.form = int(f[6], 16), int(f[7])
        self.parts, self.classes, self.form_flags = int(f[8], 16), int(f[9], 16), int(f[10], 16)
        self.zipf, self.text = int(f[11]), f[12]
        self.gold = None
        self.describe()

    def describe(self):
        self.word = None
        if self.kind == 2:
            self.symbol = self.start_symbol = "'" + self.text[0]
            tag = COMMA if self.text[0] == "," else STOP if self.text[0] in ".?!;:" else OTHER
            self.tags = self.start_tags = (tag,)
            return
        if self.kind != 0:
            self.symbol = self.start_symbol = "#" if self.kind == 1 else "@"
            self.tags = self.start_tags = (NUMERAL if self.kind == 1 else PROPER,)
            return
        clitic = "'" if self.flags & CLITIC else ""
        text = self.text.lower()
        if clitic:
            text = re.sub("['’][^'’]*$", "", text)
        parts = self.parts
        if self.case == 3 and len(self.text) > 1 or self.case == 4:
            self.symbol = self.start_symbol = ":A" + clitic
            self.tags = self.start_tags = (PROPER,)
            return
        title = "^" if self.case == 2 else ""
        tags = parts or OPEN
        if parts == 0 and self.classes & FUNCTION:  # "don't"
            tags = BIT["auxiliary"]
        self.start_tags = tuple(i for i in range(N) if tags >> i & 1)
        if title:
            tags |= BIT["proper_noun"]
        self.tags = tuple(i for i in range(N) if tags >> i & 1)
        if self.form >= 0 and (self.classes & FUNCTION or self.zipf >= COMMON):
            self.symbol = self.start_symbol = text + clitic
            self.symbol += title if not self.classes & FUNCTION else ""
            return
        if self.zipf >= KNOWN:
            self.word = text
        if parts:
            symbol = ":" + "+".join(NAMES[i] for i in range(N) if parts >> i & 1)
        else:
            symbol = ":?" + next((e for e in ("ing", "ed", "s", "ly") if text.endswith(e) and not clitic), "")
        self.start_symbol = symbol + clitic
        self.symbol = symbol + clitic + title


def tokens_of(program, pack, lines):
    """A list of tokens for every line."""
    out = [[] for _ in lines]
    run = subprocess.run([program, pack], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    for line in run.stdout.split("\n"):
        if line:
            token = Token(line)
            out[token.unit].append(token)
    return out


# ---- treebanks ----

def read_treebank(path):
    """Documents: lists of (text, [(begin, end, tag)]), begin and end in bytes."""
    documents = []
    text, tags, rows = None, [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            documents.append([])
        elif line.startswith("# text = "):
            text = line[9:]
        elif line == "":
            if text is not None and documents:
                documents[-1].append((text, align(text, rows)))
            text, rows = None, []
        elif line[0] != "#":
            f = line.split("\t")
            if f[0].isdigit():
                tag = TAGS.get(f[4])
                if f[3] == "AUX":
                    tag = "auxiliary"
                if f[3] == "SCONJ":
                    tag = "subordinator"
                rows.append((f[1], tag))
    return documents


def align(text, rows):
    at, out = 0, []
    for form, tag in rows:
        begin = text.find(form, at)
        if begin < 0 or begin > at + 3:
            continue
        at = begin + len(form)
        if tag:
            out.append((len(text[:begin].encode()), len(text[:at].encode()), NAMES.index(tag)))
    return out


def set_gold(tokens, tags):
    """A token's tag is that of its first part, of its last one where hyphens join them."""
    k = 0
    for token in tokens:
        end = token.offset + token.len
        inside = []
        while k < len(tags) and tags[k][0] < end:
            if tags[k][0] >= token.offset:
                inside.append(tags[k][2])
            k += 1
        if inside:
            token.gold = inside[-1] if "-" in token.text else inside[0]


# ---- the tagger ----

def features(tokens, i, tag1, tag2, first):
    token = tokens[i]
    n = len(tokens)
    s0 = token.start_symbol if i == first else token.symbol
    before = tokens[i - 1].symbol if i > first else "<"
    after = tokens[i + 1].symbol if i + 1 < n else ">"
    after2 = tokens[i + 2].symbol if i + 2 < n else ">"
    out = [("s", s0), ("t", tag1), ("tt", tag1, tag2), ("ts", tag1, s0), ("b", before), ("a", after), ("sa", s0, after),
           ("aa", after2), ("ta", tag1, after), ("bs", before, s0)]
    if token.word:
        out.append(("w", token.word))
    return out


class Tagger:
    def __init__(self):
        self.weights = {}

    def choose(self, found, tags):
        best, best_score = tags[0], None
        rows = [row for row in (self.weights.get(f) for f in found) if row]
        for tag in tags:
            score = sum(row.get(tag, 0) for row in rows)
            if best_score is None or score > best_score:
                best, best_score = tag, score
        return best

    def tag(self, tokens, first=0, begin=None):
        """Tags of tokens[first:]. The first of them begins a sentence."""
        out = []
        tag1 = tag2 = BEGIN
        for i in range(first, len(tokens)):
            tags = tokens[i].start_tags if i == first else tokens[i].tags
            tag = tags[0] if len(tags) == 1 else self.choose(features(tokens, i, tag1, tag2, first), tags)
            out.append(tag)
            tag1, tag2 = tag, tag1
        return out

    def train(self, sentences, rounds, rng):
        totals, stamps, step = {}, {}, 0
        weights = self.weights
        for number in range(rounds):
            rng.shuffle(sentences)
            wrong = n = 0
            for tokens in sentences:
                tag1 = tag2 = BEGIN
                for i, token in enumerate(tokens):
                    tags = token.start_tags if i == 0 else token.tags
                    if len(tags) == 1:
                        tag = tags[0]
                    else:
                        step += 1
                        found = features(tokens, i, tag1, tag2, 0)
                        tag = self.choose(found, tags)
                        n += 1
                        if token.gold is not None and token.gold in tags and tag != token.gold:
                            wrong += 1
                            for f in found:
                                row = weights.setdefault(f, {})
                                for t, by in ((token.gold, 1), (tag, -1)):
                                    key = (f, t)
                                    totals[key] = totals.get(key, 0) + (step - stamps.get(key, 0)) * row.get(t, 0)
                                    stamps[key] = step
                                    row[t] = row.get(t, 0) + by
                    tag1, tag2 = tag, tag1
            print(f"round {number + 1}: {wrong / max(1, n):.4f} of {n} wrong", file=sys.stderr)
        for f, row in weights.items():
            for t in row:
                key = (f, t)
                totals[key] = totals.get(key, 0) + (step - stamps[key]) * row[t]
                row[t] = totals[key] / step
        return self

    def prune(self, least):
        kept = {}
        for f, row in self.weights.items():
            new = {t: max(-127, min(127, round(16 * v))) for t, v in row.items() if abs(v) >= least}
            if new:
                kept[f] = new
        self.weights = kept


# ---- junctions ----

AUXILIARY, BASE, GERUND, PARTICIPLE = (NAMES.index(n) for n in ("auxiliary", "verb_base", "verb_gerund", "verb_participle"))
SUBORDINATOR, COORDINATOR, ADPOSITION, PARTICLE, ADVERB = (
    NAMES.index(n) for n in ("subordinator", "coordinator", "adposition", "particle", "adverb"))
FINITE = {AUXILIARY, NAMES.index("verb_singular"), NAMES.index("verb_past")}
NOUNS = {NAMES.index(n) for n in ("noun", "noun_plural", "proper_noun")}
IN_PHRASE = NOUNS | {NAMES.index("determiner"), NAMES.index("adjective"), NUMERAL}
IS_OBJECT = IN_PHRASE | {NAMES.index("pronoun")}
MARKS = {COMMA, STOP, OTHER}
NOT_FINITE = BIT["verb_gerund"] | BIT["verb_participle"]
IS_FINITE = BIT["verb_past"] | BIT["verb_singular"]
FIRST, SUBJECT, REPORTING, RELATIVE = (1 << n for n in (4, 5, 9, 23))
TITLE, GIVEN, SURNAME, PLACE, ORGANISATION, DEMONYM, CALENDAR = (1 << n for n in (1, 4, 5, 6, 7, 8, 9))
KINDS = ["function", "word", "named word", "unknown", "name", "person", "person word", "place", "place word",
         "demonym", "demonym word", "calendar", "numeral", "rare name"]
NO_CONTENT = {KINDS.index(k) for k in ("function", "numeral", "calendar")}
LEFT, RIGHT = 16, 16  # words that are looked at
LEFT_OUT = "Xqzunk"


def kind_of(token):
    flags = token.form_flags
    if token.form < 0:
        return KINDS.index("unknown")
    word = flags & 1
    if flags & CALENDAR:
        return KINDS.index("calendar")
    if token.classes & FUNCTION and word:
        return KINDS.index("function")
    if flags & DEMONYM:
        return KINDS.index("demonym word" if word else "demonym")
    if word and token.parts & BIT["numeral"]:
        return KINDS.index("numeral")
    if word and flags & (TITLE | PLACE | ORGANISATION | GIVEN | SURNAME) and token.parts and (
            not token.parts & BIT["proper_noun"]):
        return KINDS.index("rare name")
    if flags & (PLACE | ORGANISATION):
        return KINDS.index("place word" if word else "place")
    if flags & (GIVEN | SURNAME):
        return KINDS.index("person word" if word else "person")
    if not word:
        return KINDS.index("name")
    return KINDS.index("named word" if flags & TITLE else "word")


def is_finite(token, tag):
    if tag == AUXILIARY:  # not "been", "having"
        return token.parts & NOT_FINITE == 0 or token.parts & IS_FINITE != 0
    return tag in FINITE or (token.flags & CLITIC and token.classes & SUBJECT) != 0


def opens_clause(token, tag):
    return tag == SUBORDINATOR or (token.parts & BIT["subordinator"] and tag != ADPOSITION) or token.classes & RELATIVE


def left_state(words, tags, i):
    """What the clause before the junction has: the nearest of a finite verb, a conjunction and a mark."""
    for k in range(i - 1, -1, -1):
        far = 0 if i - 1 == k else 1 if i - 1 - k <= 3 else 2
        if is_finite(words[k], tags[k]):
            return 3 * (2 if words[k].classes & REPORTING else 1 if tags[k] == AUXILIARY else 0) + far
        if opens_clause(words[k], tags[k]):
            return 9 + far
        if tags[k] == COORDINATOR:
            return 12 + far
        if tags[k] in MARKS:
            return 15 + far
    return 18


def right_state(words, tags):
    """What comes first behind the junction, and how far."""
    for k in range(min(len(words), 14)):
        far = min(3, k)
        if is_finite(words[k], tags[k]):
            return far
        if tags[k] in MARKS:
            return 4 + far
        if k > 0 and opens_clause(words[k], tags[k]):
            return 8 + far
        if k > 0 and tags[k] == COORDINATOR:
            return 12
        if k > 0 and tags[k] == BASE:
            return 13
    return 14


def left_phrase(words, tags, i):
    """The noun phrase that ends before the junction: its length, and what stands before it."""
    k = i - 1
    while k >= 0 and i - 1 - k < 8 and tags[k] in IN_PHRASE:
        k -= 1
    return min(3, i - 1 - k), tags[k] if k >= 0 else BEGIN, words[k].symbol if k >= 0 and tags[k] == ADPOSITION else "<"


def right_object(words, tags):
    """What follows the first group of verbs behind the junction: 0 nothing to tell, 1 the end, 2 a mark, 3 an
    object, ..."""
    k = 0
    while k < min(10, len(words)) and not (k > 0 and is_finite(words[k], tags[k])):
        if tags[k] in MARKS:
            return 0
        k += 1
    if k >= min(10, len(words)):
        return 0
    k += 1
    while k < len(words) and tags[k] in (ADVERB, AUXILIARY, BASE, PARTICIPLE, GERUND, PARTICLE):
        k += 1
    if k >= len(words):
        return 1
    tag = tags[k]
    what = (2 if tag in MARKS else 3 if tag in IS_OBJECT else 4 if tag == ADPOSITION else 5 if tag == SUBORDINATOR
            else 6 if tag == COORDINATOR else 7)
    return what + (8 if words[k - 1].kind == 0 and tags[k - 1] == PARTICLE else 0)


def content_features(words, i, left, right):
    own = words[i].word or words[i].start_symbol
    return junction_features(words, i, left, right) + [("ownw", own), ("ownwl1", own, left[i - 1])]


def junction_features(words, i, left, right):
    """words[i] may begin a sentence; left: tags of words as one sentence, right: of words[i:] as another."""
    def l(k):
        return left[i - k] if i >= k else BEGIN

    def r(k):
        return right[k] if k < len(right) else BEGIN

    def s(k):
        return "<" if i + k < 0 else ">" if i + k >= len(words) else words[i + k].symbol

    own, kind = words[i].start_symbol, kind_of(words[i])
    state, ahead = left_state(words, left, i), right_state(words[i:i + RIGHT], right)
    length, before, preposition = left_phrase(words, left, i)
    behind = right_object(words[i:i + RIGHT], right)
    l1, l2, r0, r1, b1 = l(1), l(2), r(0), r(1), s(-1)
    out = [("bias",), ("own", own), ("kind", kind), ("b1", b1), ("b2", s(-2)), ("a1", s(1)), ("a2", s(2)), ("l1", l1),
           ("l12", l1, l2), ("r0", r0), ("r01", r0, r1), ("l1r0", l1, r0), ("l12r0", l1, l2, r0),
           ("l1r01", l1, r0, r1), ("in", l1, left[i], left[i + 1]), ("b1r0", b1, r0), ("b1r01", b1, r0, r1),
           ("b1kind", b1, kind), ("l1kind", l1, kind), ("l1kindr1", l1, kind, r1), ("b1own", b1, own),
           ("kindr1", kind, r1), ("b1kindr1", b1, kind, r1), ("kinda1", kind, s(1)), ("state", state),
           ("ahead", ahead), ("stateahead", state, ahead), ("stateaheadkind", state, ahead, kind),
           ("statel1ahead", state, l1, ahead), ("b1stateahead", b1, state, ahead), ("phrase", length, before),
           ("phrasestate", length, before, state), ("phraseahead", length, before, ahead, kind),
           ("prepositionahead", preposition, ahead, kind), ("case", words[i + 1].case, kind),
           ("object", behind, l1), ("objectkind", behind, kind, l1), ("objectahead", behind, ahead, l1),
           ("objectaheadkind", behind, ahead, l1, kind), ("objectstate", behind, state, ahead)]
    if words[i - 1].word:
        out.append(("w1", words[i - 1].word))
    return out


def is_content(words, i):
    """What the scorer of content words and names is asked about, between words in small letters."""
    if i < 2 or i + 2 >= len(words):
        return False
    token, before, after = words[i], words[i - 1], words[i + 1]
    return (token.kind == before.kind == after.kind == 0 and token.case == 2 and before.case == after.case == 1 and
            token.len > 1 and token.flags & 3 == 1 and after.flags & 1 and kind_of(token) not in NO_CONTENT)


def is_candidate(words, i):
    """The capitals that the scorer is trained on; the check looks at fewer."""
    if i < 2 or i + 1 >= len(words):
        return False
    token, before, after = words[i], words[i - 1], words[i + 1]
    return (token.kind == 0 and token.case == 2 and token.len > 1 and before.kind == 0 and before.case in (1, 2) and
            after.kind in (0, 1) and token.flags & 3 == 1 and after.flags & 1 and
            not (token.parts & BIT["pronoun"] and token.classes & FIRST and token.flags & CLITIC))


def sentences_of(tokens):
    out = []
    for token in tokens:
        if not out or token.sentence != out[-1][-1].sentence:
            out.append([])
        out[-1].append(token)
    return out


def candidates(tagger, tokens, wanted, features):
    """(token, features) of every candidate."""
    for words in sentences_of(tokens):
        for i in range(len(words)):
            if wanted(words, i):
                view = words[max(0, i - LEFT):i + RIGHT]
                at = min(i, LEFT)
                left = tagger.tag(view)
                yield words[i], features(view, at, left, tagger.tag(view, at))


def read_masc(path):
    """Texts of MASC, put together again; without its mail, lists and jokes."""
    archive = zipfile.ZipFile(path)
    for name in sorted(archive.namelist()):
        if "/written/" not in name or re.match(r"(ucb|lists|jokes|enron|ENRON|tweets|hotel)", name.split("/")[-1]):
            continue
        text = " ".join(w.rsplit("_", 1)[0] for w in archive.read(name).decode("utf-8", "replace").split())
        text = re.sub(r"`` ?|(?<= )'' (?=\w)", "“", text)
        text = re.sub(r" ?''", "”", text)
        text = re.sub(r" (n't|'(?:s|re|ve|ll|d|m)\b|'(?= ))", r"\1", text)
        yield re.sub(r"([(\[$]) ", r"\1", re.sub(r" ([,.;:?!%)\]])", r"\1", text))


def read_wikitext(path):
    """Articles of WikiText-2, put together again; words that it left out become one that no sentence may have."""
    article = []
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if re.match(r"= [^=]", line) and article:
            yield " ".join(article)
            article = []
        if not line or line[0] == "=":
            continue
        line = re.sub(r" @([-,.])@ ", r"\1", line).replace(" <unk>", " " + LEFT_OUT)
        parts = re.split(r'( " )', f" {line} ")
        for i in range(1, len(parts), 2):
            parts[i] = " “" if i % 4 == 1 else "” "
        line = re.sub(r" ('s|'t|n't|'re|'ve|'ll|'d|'m)\b", r"\1", "".join(parts))
        article.append(re.sub(r"\( ", "(", re.sub(r" ([,.;:?!%)])", r"\1", line)).strip())
    yield " ".join(article)


def read_wikinews(path):
    for row in csv.DictReader(open(path, encoding="utf-8", newline="")):
        yield re.sub(r"\s+", " ", row["text"])


def read_wikisplit(path):
    """Sentences, and what each was split into, put together again."""
    for line in open(path, encoding="utf-8"):
        for text in line.replace(" <::::>", "").rstrip("\n").split("\t"):
            parts = re.split(r'( " )', " " + re.sub(r"'' ''|``|''", '"', text) + " ")
            for i in range(1, len(parts), 2):
                parts[i] = " “" if i % 4 == 1 else "” "
            text = re.sub(r" ('s|'t|n't|'re|'ve|'ll|'d|'m)\b", r"\1", "".join(parts))
            yield re.sub(r"([(\[]) ", r"\1", re.sub(r" ([,.;:?!%)\]])", r"\1", text)).strip()


def read_texts(path):
    if path.endswith(".zip"):
        return list(read_masc(path))
    if path.endswith(".csv"):
        return list(read_wikinews(path))
    if path.endswith(".tsv"):
        return list(read_wikisplit(path))
    if path.split("/")[-1].startswith("wikitext"):
        return list(read_wikitext(path))
    return [line.strip() for line in open(path, encoding="utf-8") if line.strip()]


def divide(texts, program, pack):
    documents = []
    for text, tokens in zip(texts, tokens_of(program, pack, texts)):
        data = text.encode()
        documents.append([data[s[0].offset:s[-1].offset + s[-1].len].decode() for s in sentences_of(tokens)
                          if 4 <= len(s) <= 80])
    return [[sentence for sentence in document if LEFT_OUT not in sentence] for document in documents]


def splice(documents, rng):
    """Lines, and the offset in bytes where a second sentence begins in them, or -1."""
    for sentences in documents:
        for head, following in zip(sentences, sentences[1:]):
            yield head, -1
            slips = [m.start() + 1 for m in re.finditer(r"(?<=[a-z]) (?:the|this|an|his|their) (?=[a-z])", head)]
            if slips and rng.random() < .5:  # a capital that slipped in begins no sentence
                at = rng.choice(slips)
                yield head[:at] + head[at].upper() + head[at + 1:], -1
            if rng.random() < .3:
                following = rng.choice(sentences)
            if not re.match(r"[A-Z][a-z]+ [A-Za-z0-9]", following) or re.search(r"[.!?:]\s+[A-Z]", head):
                continue
            cuts = [m.end() for m in re.finditer(r"[A-Za-z'’-]+(?= )", head) if m.start() > 8]
            # Begins with a content word are rare, and hard to tell from names.
            n_cuts = 3 if following.split(" ")[0].lower() in STARTS else 9
            for cut in rng.sample(cuts, min(n_cuts, len(cuts))):
                begin = head[:cut] + " "
                yield begin + following, len(begin.encode())


# Words that most sentences begin with.
STARTS = set("""the a an in it he she they this that we i but and at on for if as his her its their there what when while
after with to you so these those some by from not of our my your no all then how why who where""".split())


class Scorer:
    def __init__(self):
        self.weights = {}

    def train(self, names, examples, rounds, rng):
        """AdaGrad (Duchi and others 2011); a capital that belongs where it is counts twice."""
        weights, squares = [0.0] * len(names), [0.0] * len(names)
        for number in range(rounds):
            rng.shuffle(examples)
            loss = 0
            for is_junction, features in examples:
                p = 1 / (1 + math.exp(-max(-30, min(30, sum(weights[f] for f in features)))))
                error = (p - is_junction) * (1 if is_junction else 2)
                loss -= math.log(max(1e-9, p if is_junction else 1 - p))
                for f in features:
                    gradient = error + 1e-4 * weights[f]
                    squares[f] += gradient * gradient
                    weights[f] -= .1 * gradient / (math.sqrt(squares[f]) + 1e-6)
            print(f"round {number + 1}: loss {loss / len(examples):.4f}", file=sys.stderr)
        self.weights = dict(zip(names, weights))

    def prune(self, least):
        self.weights = {f: max(-127, min(127, round(32 * w))) for f, w in self.weights.items() if abs(w) >= least}


def train_scorer(tagger, program, pack, documents, rng):
    lines, places = zip(*splice(documents, rng))
    numbers, counts, examples = {}, [], []
    for tokens, place in zip(tokens_of(program, pack, list(lines)), places):
        for token, features in candidates(tagger, tokens, is_candidate, junction_features):
            if place < 0 or token.offset == place:
                found = array.array("i", (numbers.setdefault(f, len(numbers)) for f in features))
                counts.extend([0] * (len(numbers) - len(counts)))
                for f in found:
                    counts[f] += 1
                examples.append((int(token.offset == place), found))
    examples = [(y, array.array("i", (f for f in found if counts[f] >= 10))) for y, found in examples]
    print(f"{len(examples)} capitals, {sum(y for y, _ in examples)} of them junctions", file=sys.stderr)
    scorer = Scorer()
    scorer.train(list(numbers), examples, 3, rng)
    return scorer


# ---- content words and names ----

def splice_content(documents, rng):
    """As splice() does it, with content words alone, each behind eight words in small letters."""
    for sentences in documents:
        for head, following in zip(sentences, sentences[1:]):
            yield head, -1
            for second in (following, rng.choice(sentences)):
                start = re.match(r"([A-Z][a-z]+) [a-z]+ [A-Za-z0-9]", second)
                if not start or start.group(1).lower() in STARTS or re.search(r"[.!?:]\s+[A-Z]", head):
                    continue
                cuts = [m.end() for m in re.finditer(r"(?<![A-Za-z'’-])[a-z][a-z'’-]*(?= )", head) if m.start() > 8]
                for cut in rng.sample(cuts, min(8, len(cuts))):
                    begin = head[:cut] + " "
                    yield begin + second, len(begin.encode())
        yield sentences[-1], -1


def fit(names, examples):
    """Logistic regression with a penalty on the squares; a capital that belongs where it is counts twice."""
    import numpy
    from scipy import optimize, sparse
    ends = numpy.cumsum([0] + [len(found) for _, found in examples])
    columns = numpy.fromiter((f for _, found in examples for f in found), int, ends[-1])
    rows = sparse.csr_matrix((numpy.ones(ends[-1]), columns, ends), shape=(len(examples), len(names)))
    is_junction = numpy.array([y for y, _ in examples], float)
    counts = 2 - is_junction

    def loss(weights):
        p = 1 / (1 + numpy.exp(-numpy.clip(rows @ weights, -30, 30)))
        right = numpy.where(is_junction > 0, p, 1 - p)
        return (-(counts * numpy.log(right + 1e-12)).sum() + PENALTY / 2 * (weights @ weights),
                rows.T @ (counts * (p - is_junction)) + PENALTY * weights)

    found = optimize.minimize(loss, numpy.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 60})
    print(f"content: loss {found.fun / len(examples):.4f}", file=sys.stderr)
    return dict(zip(names, found.x.tolist()))


PENALTY = 10


def train_content(tagger, program, pack, documents, rng):
    lines, places = zip(*splice_content([d for d in documents if d], rng))
    numbers, counts, found = {}, [], []
    for tokens, place in zip(tokens_of(program, pack, list(lines)), places):
        for token, features in candidates(tagger, tokens, is_content, content_features):
            if place < 0 or token.offset == place:
                found.append((int(token.offset == place),
                              array.array("i", (numbers.setdefault(f, len(numbers)) for f in features))))
                counts.extend([0] * (len(numbers) - len(counts)))
                for f in found[-1][1]:
                    counts[f] += 1
    kept = {f: i for i, f in enumerate(f for f, n in enumerate(counts) if n >= 6)}
    examples = [(y, array.array("i", (kept[f] for f in features if f in kept))) for y, features in found]
    names = [name for name, f in numbers.items() if f in kept]
    print(f"{len(examples)} content words, {sum(y for y, _ in examples)} of them junctions", file=sys.stderr)
    scorer = Scorer()
    scorer.weights = fit(names, examples)
    return scorer


# ---- the table ----

TAG_NAMES = NAMES + ["comma", "stop", "other", "begin"]
# What the values of a junction's feature are: s a symbol, t a tag, k a kind, n a number.
TYPES = {"bias": "", "own": "s", "kind": "k", "b1": "s", "b2": "s", "a1": "s", "a2": "s", "l1": "t", "l12": "tt",
         "r0": "t", "r01": "tt", "l1r0": "tt", "l12r0": "ttt", "l1r01": "ttt", "in": "ttt", "b1r0": "st",
         "b1r01": "stt", "b1kind": "sk", "l1kind": "tk", "l1kindr1": "tkt", "b1own": "ss", "kindr1": "kt",
         "b1kindr1": "skt", "kinda1": "ks", "state": "n", "ahead": "n", "stateahead": "nn", "stateaheadkind": "nnk",
         "statel1ahead": "ntn", "b1stateahead": "snn", "phrase": "nt", "phrasestate": "ntn", "phraseahead": "ntnk",
         "prepositionahead": "snk", "case": "nk", "object": "nt", "objectkind": "nkt", "objectahead": "nnt",
         "objectaheadkind": "nntk", "objectstate": "nnn", "w1": "s", "ownw": "s", "ownwl1": "st"}
TAGGER_TYPES = {"s": "s", "t": "t", "tt": "tt", "ts": "ts", "b": "s", "a": "s", "sa": "ss", "aa": "s", "ta": "ts",
                "bs": "ss", "w": "s"}


def named(value, kind):
    return TAG_NAMES[value] if kind == "t" else KINDS[value] if kind == "k" else str(value)


def write(tagger, scorers):
    print("# UD English EWT, PUD and parts of GUM, MASC, NTREX, WikiText-2, State of the Union, Wikinews, WikiSplit; "
          "see SOURCES.md. Made by derive/train.py.")
    print("# tag: a feature of the tagger, its values, and the weights of tags; junction: one of the scorer; content: "
          "one of the scorer of content words and names.")
    rows = []
    for (name, *values), row in tagger.weights.items():
        shown = "\t".join(named(v, t) for v, t in zip(values, TAGGER_TYPES[name]))
        rows.append("\t".join(("tag", name, shown, " ".join(f"{NAMES[t]}={w}" for t, w in sorted(row.items())))))
    for row, scorer in scorers.items():
        for (name, *values), weight in scorer.weights.items():
            kinds = {v for v, t in zip(values, TYPES[name]) if t == "k"}
            if row == "junction" and kinds and not kinds & NO_CONTENT:
                continue  # the other scorer's
            shown = "".join("\t" + named(v, t) for v, t in zip(values, TYPES[name]))
            rows.append(f"{row}\t{name}{shown}\t{weight}")
    print("\n".join(sorted(rows)))


def read_weights(path):
    """The tagger and the scorers that a table has."""
    tagger, scorers = Tagger(), {"junction": Scorer(), "content": Scorer()}
    for line in open(path, encoding="utf-8"):
        if line[0] == "#":
            continue
        row, name, *f = line.rstrip("\n").split("\t")
        types = (TAGGER_TYPES if row == "tag" else TYPES)[name]
        values = [TAG_NAMES.index(v) if t == "t" else KINDS.index(v) if t == "k" else int(v) if t == "n" else v
                  for v, t in zip(f, types)]
        if row == "tag":
            weights = (w.split("=") for w in f[-1].split(" "))
            tagger.weights[(name, *values)] = {NAMES.index(t): int(w) for t, w in weights}
        else:
            scorers[row].weights[(name, *values)] = int(f[-1])
    return tagger, scorers


def train_tagger(documents, program, pack, rng):
    tagged = tokens_of(program, pack, [text for document in documents for text, _ in document])
    for tokens, tags in zip(tagged, (tags for document in documents for _, tags in document)):
        set_gold(tokens, tags)
    tagger = Tagger()
    tagger.train([tokens for tokens in tagged if tokens], 5, rng)
    tagger.prune(1.3)
    return tagger


def main(program, pack, *paths):
    rng = random.Random(1)
    documents = [d for p in paths if p.endswith(".conllu") for d in read_treebank(p)]
    kept = [p for p in paths if p.split("/")[-1].startswith("weights")]
    tagger, scorers = read_weights(kept[0]) if kept else (Tagger(), {"junction": Scorer(), "content": Scorer()})
    if not tagger.weights:
        tagger = train_tagger(documents, program, pack, rng)
    texts = [[text for text, _ in document] for document in documents]
    for path in paths:
        if path.endswith((".zip", ".txt")):
            texts += divide(read_texts(path), program, pack)
    if not scorers["junction"].weights:
        scorers["junction"] = train_scorer(tagger, program, pack, texts, rng)
        scorers["junction"].prune(.1)
    for path in paths:
        if path.endswith(".csv") or path.split("/")[-1].startswith("wikisplit"):
            texts += divide(read_texts(path), program, pack)
    if not scorers["content"].weights:
        scorers["content"] = train_content(tagger, program, pack, texts, rng)
        scorers["content"].prune(.05)
    write(tagger, scorers)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
