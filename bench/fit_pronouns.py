#!/usr/bin/env python3
"""Fits the weights of plugin/analysis/weights.h, and tells how well they do on stories not fitted on.

usage: fit_pronouns.py BENCH_PRONOUNS PACK TEXT... [--rounds N] [--folds N] [--write WEIGHTS_H] [--cold]

BENCH_PRONOUNS, PACK   build/bench/bench_pronouns, build/dictionaries/en.galley
TEXT                   clean stories, a paragraph a line

Each he or she outside quotations is one case: its gender against the mixture of its candidates' genders
(probabilities by softmax of their weighted features), what each of them tells by its features, and the signs of
the text around it; by logistic regression with gradient descent (Adam). Each place of a pronoun has weights of
its own, drawn to those of all places. Prints the loss with the weights of now and, for each fold of the stories
with weights fitted on the others: the loss, and of the subjects the share that would be reported if they were of
the other gender, at the threshold that reports so many of those as they are. The candidates' own genders come from
the last build: fitting, building and fitting again settles in two or three rounds; `--cold` begins with nothing fitted,
for weights that have seen no other stories. Needs numpy.
"""
import argparse
import re
import subprocess

import numpy

QUOTED, SUBJECT = 1, 2
CANDIDATES = 12
REPORTED = 0.005  # of the subjects as they are
DECAY_SHARED, DECAY_PLACE, DECAY_TELLING = 2e-4, 4e-3, 1e-3


def numbers(fields):
    """A table with a row for each field, a column for each place."""
    return numpy.array([[float(value) for value in field.split(",")] for field in fields], numpy.float32) / 100


def read_cases(bench, pack, texts):
    output = subprocess.run([bench, pack, *texts], capture_output=True, check=True).stdout.decode(errors="replace")
    head, cases = {}, []
    story, keep = -1, False
    for line in output.split("\n"):
        fields = line.split("\t")
        if fields[0] in ("F", "S"):
            head[fields[0]] = fields[1:]
        elif fields[0] in ("M", "T", "W"):
            head[fields[0]] = numbers(fields[1:])
        elif fields[0] == "D":
            story += 1
        elif fields[0] == "P":
            flags = int(fields[4], 16)
            keep = not flags & QUOTED
            if keep:
                cases.append((story, int(fields[3]), int(fields[5]), bool(flags & SUBJECT),
                              [float(x) for x in fields[7:]], []))
        elif fields[0] == "C" and keep:
            cases[-1][5].append((int(fields[1], 16), float(fields[2]), float(fields[3]), fields[4] != "-"))
    return head, cases


class Data:
    def __init__(self, cases, n_features):
        n = len(cases)
        self.x = numpy.zeros((n, CANDIDATES, n_features), numpy.float32)
        self.man = numpy.full((n, CANDIDATES), 0.5, numpy.float32)
        self.lean = numpy.zeros((n, CANDIDATES), numpy.float32)
        self.absent = numpy.full((n, CANDIDATES), -1e9, numpy.float32)
        for i, case in enumerate(cases):
            for k, (bits, odds, share, named) in enumerate(case[5]):
                self.absent[i, k] = 0
                self.man[i, k] = 1 / (1 + numpy.exp(-odds))
                self.lean[i, k] = 2 * self.man[i, k] - 1 if named and share > 0 else 0
                self.x[i, k] = [bits >> f & 1 for f in range(n_features)]
        self.told = numpy.einsum("nkf,nk->nf", self.x, self.lean)
        self.story, self.male, self.place, subject = (numpy.array([case[k] for case in cases]) for k in range(4))
        self.subject = subject.astype(bool)
        self.signs = numpy.array([case[4] for case in cases], numpy.float32)
        self.weight = numpy.where(self.subject, 1.5, 0.7)

    def take(self, chosen):
        part = object.__new__(Data)
        for name, value in vars(self).items():
            setattr(part, name, value[chosen])
        return part


class Weights:
    """Of all places, and what each place adds: of the features that are meant, that tell, and of the signs."""

    def __init__(self, meant, telling, signs):
        self.shared = [table.mean(1) for table in (meant, telling, signs)]
        self.own = [(table - table.mean(1, keepdims=True)).T.copy() for table in (meant, telling, signs)]

    def cold(self):
        """As if nothing had been fitted: only the candidates' genders count."""
        for values in self.shared + self.own:
            values *= 0
        self.shared[2][0] = 1
        return self

    def tables(self):
        return [(shared + own).T for shared, own in zip(self.shared, self.own)]

    def forward(self, data):
        meant, telling, of_signs = (shared + own[data.place] for shared, own in zip(self.shared, self.own))
        score = numpy.einsum("nkf,nf->nk", data.x, meant) + data.absent
        share = numpy.exp(score - score.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        mixed = (share * data.man).sum(1).clip(1e-3, 1 - 1e-3)
        signs = data.signs.copy()
        signs[:, 0] = numpy.log(mixed / (1 - mixed))
        odds = (signs * of_signs).sum(1) + (data.told * telling).sum(1)
        return share, mixed, signs, of_signs[:, 0], odds

    def gradients(self, data):
        share, mixed, signs, of_mixed, odds = self.forward(data)
        error = (1 / (1 + numpy.exp(-odds)) - data.male) * data.weight / data.weight.sum()
        of_score = (error * of_mixed / (mixed * (1 - mixed)))[:, None] * share * (data.man - mixed[:, None])
        cases = (numpy.einsum("nk,nkf->nf", of_score, data.x), data.told * error[:, None], signs * error[:, None])
        decays = (DECAY_SHARED, DECAY_TELLING, DECAY_SHARED / 10)
        for shared, own, of_case, decay in zip(self.shared, self.own, cases, decays):
            by_place = numpy.stack([of_case[data.place == place].sum(0) for place in range(len(own))])
            yield shared, by_place.sum(0) + decay * shared
            yield own, by_place + DECAY_PLACE * own

    def fit(self, data, rounds, rate=0.03):
        moments = None
        for t in range(1, rounds + 1):
            pairs = list(self.gradients(data))
            moments = moments or [(numpy.zeros_like(values), numpy.zeros_like(values)) for values, _ in pairs]
            for (values, gradient), (first, second) in zip(pairs, moments):
                first += 0.1 * (gradient - first)
                second += 0.001 * (gradient * gradient - second)
                values -= rate * (first / (1 - 0.9**t)) / (numpy.sqrt(second / (1 - 0.999**t)) + 1e-9)
        return self


def tell(name, data, odds):
    right = numpy.where(data.male > 0, odds, -odds)
    loss = (numpy.log1p(numpy.exp(-right)) * data.weight).sum() / data.weight.sum()
    wrong = numpy.sort(-right[data.subject])[::-1]
    threshold = wrong[int(REPORTED * len(wrong))]
    found = (right[data.subject] > threshold).mean()
    print(f"{name}: loss {loss:.4f}, {found:.3f} of the subjects found at odds of {threshold:.2f}", flush=True)


def write(path, names, tables):
    text = open(path, encoding="utf-8").read()
    for (table, prefix), values in zip((("meant", "FEATURE"), ("telling", "FEATURE"), ("sign", "WEIGHED")), tables):
        begin = text.index(f"{table}_weights[")
        end = text.index("};", begin)
        part = text[begin:end]
        for name, row in zip(names[prefix], values):
            row = ", ".join(f"{round(float(value) * 100)}" for value in row)
            part = re.sub(rf"\[{prefix}_{name}\] = {{[^}}]*}}", f"[{prefix}_{name}] = {{{row}}}", part)
        text = text[:begin] + part + text[end:]
    open(path, "w", encoding="utf-8").write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("bench")
    parser.add_argument("pack")
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--write", metavar="WEIGHTS_H")
    parser.add_argument("--cold", action="store_true")
    options = parser.parse_args()
    head, cases = read_cases(options.bench, options.pack, options.texts)
    data = Data(cases, len(head["F"]))
    now = (head["M"], head["T"], head["W"])
    print(f"{len(cases)} pronouns outside quotations in {len(options.texts)} stories")
    tell("the weights of now", data, Weights(*now).forward(data)[-1])
    if options.folds > 1:
        odds = numpy.zeros(len(cases))
        for fold in range(options.folds):
            out = data.story % options.folds == fold
            odds[out] = Weights(*now).cold().fit(data.take(~out), options.rounds).forward(data.take(out))[-1]
        tell("fitted on others", data, odds)
    if options.write:
        begin = Weights(*now).cold() if options.cold else Weights(*now)
        fitted = begin.fit(data, options.rounds)
        tell("fitted on all", data, fitted.forward(data)[-1])
        write(options.write, {"FEATURE": head["F"], "WEIGHED": head["S"]}, fitted.tables())


if __name__ == "__main__":
    main()
