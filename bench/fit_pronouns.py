#!/usr/bin/env python3
"""Fits the weights of plugin/analysis/weights.h, and tells how well they do on stories not fitted on.

usage: fit_pronouns.py BENCH_PRONOUNS PACK TEXT... [--rounds N] [--write WEIGHTS_H]

BENCH_PRONOUNS, PACK   build/bench/bench_pronouns, build/dictionaries/en.galley
TEXT                   clean stories, a paragraph a line

Each he or she outside quotations is one case: its gender against the mixture of its candidates' genders
(probabilities by softmax of their weighted features) and the pronouns beside it, by logistic regression with
gradient descent (Adam). Prints the loss on all stories, and on each half with the weights of the other. The
candidates' own genders come from the last build, so that fitting, building and fitting again settles in two or
three rounds. Needs numpy.
"""
import argparse
import re
import subprocess

import numpy

QUOTED, SUBJECT = 1, 2
CANDIDATES = 12


def read_cases(bench, pack, texts):
    """Features, odds and signs of every case, and the names and weights of now."""
    output = subprocess.run([bench, pack, *texts], capture_output=True, check=True).stdout.decode(errors="replace")
    features = signs = None
    story, cases, keep = -1, [], False
    for line in output.split("\n"):
        fields = line.split("\t")
        if fields[0] in "FS" and fields[0]:
            named = [field.rsplit("=", 1) for field in fields[1:]]
            features, signs = (named, signs) if fields[0] == "F" else (features, named)
        elif fields[0] == "D":
            story += 1
        elif fields[0] == "P":
            flags = int(fields[4], 16)
            keep = not flags & QUOTED
            if keep:
                cases.append((story, int(fields[3]), 1.5 if flags & SUBJECT else 0.7, [float(x) for x in fields[7:]], []))
        elif fields[0] == "C" and keep:
            cases[-1][4].append((int(fields[1], 16), float(fields[2])))
    return features, signs, cases


def arrays(cases, n_features):
    n = len(cases)
    x = numpy.zeros((n, CANDIDATES, n_features), numpy.float32)
    odds = numpy.zeros((n, CANDIDATES), numpy.float32)
    absent = numpy.full((n, CANDIDATES), -1e9, numpy.float32)
    for i, (_, _, _, _, candidates) in enumerate(cases):
        for k, (bits, male) in enumerate(candidates):
            absent[i, k], odds[i, k] = 0, male
            x[i, k] = [bits >> f & 1 for f in range(n_features)]
    story, male, weight = (numpy.array([case[k] for case in cases]) for k in range(3))
    return x, odds, absent, numpy.array([case[3] for case in cases], numpy.float32), male, weight, story


def forward(w, v, x, odds, absent, signs):
    score = x @ w + absent
    score -= score.max(1, keepdims=True)
    share = numpy.exp(score)
    share /= share.sum(1, keepdims=True)
    man = 1 / (1 + numpy.exp(-odds))
    mixed = (share * man).sum(1).clip(1e-3, 1 - 1e-3)
    signs = signs.copy()
    signs[:, 0] = numpy.log(mixed / (1 - mixed))
    return share, man, mixed, signs, 1 / (1 + numpy.exp(-(signs @ v)))


def fit(w, v, data, rounds, rate=0.03, decay=2e-4):
    x, odds, absent, signs, male, weight = data
    w, v = w.copy(), v.copy()
    moments = [(numpy.zeros_like(a), numpy.zeros_like(a)) for a in (w, v)]
    for t in range(1, rounds + 1):
        share, man, mixed, now, guess = forward(w, v, x, odds, absent, signs)
        error = (guess - male) * weight / weight.sum()
        of_score = (error * v[0] / (mixed * (1 - mixed)))[:, None] * share * (man - mixed[:, None])
        gradients = numpy.einsum("nk,nkf->f", of_score, x) + decay * w, now.T @ error + decay / 10 * v
        for values, gradient, (first, second) in zip((w, v), gradients, moments):
            first += 0.1 * (gradient - first)
            second += 0.001 * (gradient * gradient - second)
            values -= rate * (first / (1 - 0.9**t)) / (numpy.sqrt(second / (1 - 0.999**t)) + 1e-9)
    return w, v


def loss(w, v, data):
    guess, male, weight = forward(w, v, *data[:4])[4], data[4], data[5]
    return -(numpy.log(numpy.where(male > 0.5, guess, 1 - guess) + 1e-12) * weight).sum() / weight.sum()


def write(path, names, values):
    text = open(path, encoding="utf-8").read()
    for (name, _), value in zip(names, values):
        text = re.sub(rf"    X\({name}, [-0-9.]+F\) *(\\?)",
                      lambda m: f"    X({name}, {value:.2f}F)".ljust(99 if m[1] else 0) + m[1], text)
    open(path, "w", encoding="utf-8").write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bench")
    parser.add_argument("pack")
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--write", metavar="WEIGHTS_H")
    options = parser.parse_args()
    features, signs, cases = read_cases(options.bench, options.pack, options.texts)
    *data, story = arrays(cases, len(features))
    w, v = (numpy.array([float(weight) for _, weight in named], numpy.float32) for named in (features, signs))
    print(f"{len(cases)} pronouns outside quotations in {len(options.texts)} stories")
    print(f"loss with the weights of now {loss(w, v, data):.4f}")
    for half in (0, 1):
        own = [a[story % 2 == half] for a in data]
        other = [a[story % 2 != half] for a in data]
        print(f"loss on half {half}, fitted on the other {loss(*fit(w, v, other, options.rounds), own):.4f}")
    fitted = fit(w, v, data, options.rounds)
    print(f"loss, fitted on all {loss(*fitted, data):.4f}")
    if options.write:
        write(options.write, features, fitted[0])
        write(options.write, signs, fitted[1])


if __name__ == "__main__":
    main()
