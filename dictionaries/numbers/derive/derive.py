#!/usr/bin/env python3
"""Makes the tables of dictionaries/numbers from CLDR. ../SOURCES.md says which, and the licence.

usage: derive.py OUT

Needs PyICU (number words: ICU's rule-based number formats) and Babel (everything else), Debian's
python3-icu and python3-babel.
"""
import os
import re
import sys

import icu
from babel import Locale

TAGS = ("af ar bg ca cs da de el en es et eu fa fi fil fr ga gl he hi hr hu id is it ja ko lt lv mk ms "
        "nb nl pl pt ro ru sk sl sq sr sv th tr uk ur vi zh").split()
# The scripts of these put no spaces between words: their numerals are found inside a run of letters.
UNSPACED = {"ja", "zh", "ko", "th"}
LARGE = [10**2, 10**3, 10**4, 10**5, 10**6, 10**7, 10**8, 10**9, 10**12]
UNITS = {  # CLDR's unit -> ours, of ../units.tsv
    "length-kilometer": "km", "length-meter": "m", "length-centimeter": "cm",
    "length-millimeter": "mm", "length-mile": "mi", "length-yard": "yd", "length-foot": "ft",
    "length-inch": "in", "length-nautical-mile": "nmi", "mass-kilogram": "kg", "mass-gram": "g",
    "mass-metric-ton": "t", "mass-ton": "ton", "mass-pound": "lb", "mass-ounce": "oz",
    "mass-stone": "st", "area-hectare": "ha", "area-acre": "ac", "area-square-kilometer": "km2",
    "area-square-meter": "m2", "area-square-mile": "mi2", "area-square-foot": "ft2",
    "volume-liter": "l", "volume-milliliter": "ml", "volume-gallon": "gal", "volume-pint": "pt",
    "volume-cubic-meter": "m3", "volume-barrel": "bbl", "speed-kilometer-per-hour": "km/h",
    "speed-mile-per-hour": "mph", "speed-meter-per-second": "m/s", "speed-knot": "kn",
    "temperature-celsius": "C", "temperature-fahrenheit": "F", "duration-second": "s",
    "duration-minute": "min", "duration-hour": "h", "duration-day": "d", "duration-week": "wk",
    "duration-month": "mo", "duration-year": "y", "duration-decade": "dec",
    "energy-kilowatt-hour": "kWh", "power-kilowatt": "kW", "power-megawatt": "MW",
    "power-horsepower": "hp",
}
CURRENCIES = ("USD EUR GBP JPY CNY RUB CHF SEK NOK DKK ISK PLN CZK HUF RON BGN UAH TRY INR KRW BRL MXN "
              "CAD AUD NZD ZAR ILS SAR AED EGP IRR IQD PKR BDT THB VND IDR MYR PHP SGD HKD TWD KZT BYN "
              "GEL AMD AZN UZS NGN KES ARS CLP COP PEN ALL MKD RSD BAM").split()
# Signs that more than one currency has stand for the best known.
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₽": "RUB", "₴": "UAH",
         "₺": "TRY", "₹": "INR", "₩": "KRW", "₪": "ILS", "₫": "VND", "฿": "THB", "₱": "PHP",
         "₦": "NGN", "₸": "KZT", "zł": "PLN", "Kč": "CZK"}


def clean(text):
    """Without soft hyphens, marks of direction, and points that only help to pronounce."""
    return re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]", "", text).strip()


class Rows:
    def __init__(self):
        self.rows = {}

    def add(self, word, kind, value):
        word = clean(word).lstrip("/").rstrip(".").lower()
        if not word or re.search(r"\s|\d", word) or len(word.encode()) > 100:
            return
        self.rows.setdefault((word, kind), value)


def spell(form, number, rule_set):
    try:
        return clean(form.format(number, rule_set))
    except icu.ICUError:
        return ""


def number_words(tag, rows):
    form = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(tag))
    if tag != "en" and spell(form, 21, form.getRuleSetName(0)) == "twenty-one":
        return  # ICU has no rules of its own for the language
    names = [form.getRuleSetName(i) for i in range(form.getNumberOfRuleSetNames())]
    for name in names:
        ordinal = "ordinal" in name
        if "year" in name or "financial" in name or not re.search("cardinal|numbering|ordinal", name):
            continue
        kind = "ordinal" if ordinal else "cardinal"
        for number in [*range(0, 101), *range(200, 1001, 100)]:
            text = spell(form, number, name)
            if text and not re.search(r"\s|\d", text):
                if tag in UNSPACED:
                    if len(text) > 1 and tag != "th":
                        continue
                    rows.add(text, "multiplier" if number in (10, 100, 1000) else kind, number)
                elif number in (100, 1000) and not ordinal:
                    rows.add(text, "multiplier", number)
                else:
                    rows.add(text, kind, number)
        if ordinal:
            continue
        for large in LARGE:
            for times in (1, 2, 3, 5, 21):
                text = spell(form, large * times, name)
                if tag in UNSPACED:
                    word = text[-1:] if tag != "th" else text.replace("หนึ่ง", "", 1)
                    whole = spell(form, large, name)
                    if times == 1 and whole and not re.search(r"\d|\s", whole):
                        if (tag == "th" or len(whole) <= 2) and (word, "multiplier") not in rows.rows:
                            rows.add(word, "multiplier", large)
                    continue
                words = text.split()
                if len(words) < 2:
                    # "zweitausend": what is behind the word of the factor
                    factor = spell(form, times, name)
                    if 1 < times < 10 and large in (100, 1000) and text.startswith(factor) and text != factor:
                        rows.add(text[len(factor):].lstrip("-"), "multiplier", large)
                        rows.rows[("*", "compounds")] = 1
                    continue
                if " ".join(words[:-1]) == spell(form, times, name) or len(words) == 2:
                    rows.add(words[-1], "multiplier", large)


def compact_words(locale, rows):
    for formats in locale._data["compact_decimal_formats"].values():
        for patterns in formats.values():  # of one plural form
            for power, pattern in patterns.items():
                text = getattr(pattern, "pattern", pattern).replace("\u00a0", " ")
                match = re.match(r"^[^0]*(0+)\s*([^0;]*)(;|$)", text)
                if match is None:
                    continue
                word = clean(match.group(2).replace("'", "").replace("¤", ""))
                value = int(power) // 10 ** (len(match.group(1)) - 1)
                if word and value > 1:
                    is_plain = len(word.rstrip(".")) > 1 or ord(word[0]) > 0x2E80
                    rows.add(word, "multiplier" if is_plain else "perhaps", value)


def months(locale, rows):
    for context in locale.months.values():
        for width, names in context.items():
            if width == "narrow":
                continue
            for number, name in names.items():
                for word in name.split():
                    if not re.search(r"\d", word) and len(word) > 2:
                        rows.add(word, "month", number)


def units(locale, rows):
    for unit, ours in UNITS.items():
        for width in ("long", "short", "narrow"):
            patterns = locale._data["unit_patterns"].get(unit, {}).get(width, {})
            for pattern in patterns.values():
                if isinstance(pattern, str):
                    rows.add(pattern.replace("{0}", "").replace("\u00a0", " ").strip(), "unit", ours)
    for width in ("long", "short"):
        for pattern in locale._data["unit_patterns"].get("concentr-percent", {}).get(width, {}).values():
            if isinstance(pattern, str):
                word = pattern.replace("{0}", "").replace("\u00a0", " ").strip()
                if word not in "%٪":
                    rows.add(word, "percent", 1)
    for code in CURRENCIES:
        names = list(locale._data["currency_names_plural"].get(code, {}).values())
        names.append(locale._data["currency_names"].get(code, ""))
        for name in names:
            # The noun: the word that all plural forms change, or the only one.
            words = name.split()
            if len(words) == 1:
                rows.add(words[0], "currency", code)
        symbol = locale._data["currency_symbols"].get(code)
        rows.add(code, "currency", code)
        if symbol and len(symbol) > 1 and not re.search(r"[$£¥]", symbol):
            rows.add(symbol, "currency", code)
    for sign, code in SIGNS.items():
        rows.add(sign, "currency", code)


def separators(locale, rows):
    symbols = locale._data["number_symbols"]
    symbols = symbols.get("latn", symbols)
    for kind in ("decimal", "group"):
        sign = symbols.get(kind)
        if sign:
            sign = {"\u202f": " ", "\u00a0": " ", "’": "'"}.get(sign, sign)
            rows.rows[("*", kind)] = ord(sign)


def main():
    out = sys.argv[1]
    for tag in TAGS:
        locale = Locale.parse({"nb": "nb", "zh": "zh_Hans"}.get(tag, tag))
        rows = Rows()
        number_words(tag, rows)
        if tag == "zh":
            number_words("zh_Hant", rows)
            compact_words(Locale.parse("zh_Hant"), rows)
            months(Locale.parse("zh_Hant"), rows)
            units(Locale.parse("zh_Hant"), rows)
        compact_words(locale, rows)
        months(locale, rows)
        units(locale, rows)
        separators(locale, rows)
        if tag in UNSPACED:
            rows.rows[("*", "unspaced")] = 1
        with open(os.path.join(out, tag + ".tsv"), "w", encoding="utf-8") as file:
            file.write("# Words that numbers are written with; made by derive/derive.py.\n")
            for (word, kind), value in sorted(rows.rows.items(), key=lambda row: (row[0][1], str(row[1]), row[0][0])):
                file.write(f"{word}\t{kind}\t{value}\n")
        print(tag, len(rows.rows))


if __name__ == "__main__":
    main()
