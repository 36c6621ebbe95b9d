"""Writes N small stories with defects into a folder: stories.py FOLDER N [PARAGRAPHS]

Sentences of our own in ever other orders, so that no two stories are alike.
"""
import os
import random
import sys

SENTENCES = [
    "The minister said on Thursday that nobody had come to the meeting.",
    "They went tosupport the delegation in the capital.",
    "A spokeswoman for the port said the ships , which were late, had left.",
    "Prices rose by 3.5 percent in the second quarter, the office reported.",
    "The the council will vote on the plan next week.",
    "It was a govenment matter, and the court did not decide it.",
    "Rain is expected in the north, where the river has risen.",
    "“We have time,” the captain told reporters after the game.",
    "The bridge was closed for repairs and opened again in May.",
    "Farmers asked for help with the harvest. ; The union agreed.",
]


def main(folder, n, paragraphs=6):
    os.makedirs(folder, exist_ok=True)
    for i in range(n):
        rng = random.Random(i)
        text = "\n\n".join(" ".join(rng.choices(SENTENCES, k=4)) for _ in range(paragraphs))
        with open(f"{folder}/{i:06}.txt", "w", encoding="utf-8") as file:
            file.write(f"Story number {i}\n\n{text}\n")


if __name__ == "__main__":
    main(sys.argv[1], *(int(argument) for argument in sys.argv[2:]))
