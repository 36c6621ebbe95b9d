/*
 * The bounds of what galley takes in, each with its reason. docs/limits.md lists them for users.
 */
#ifndef GALLEY_BASE_LIMITS_H
#define GALLEY_BASE_LIMITS_H

/* Bytes of one document. Offsets inside a unit are 32-bit, and a host that hands over more has
 * most likely handed over the wrong file. */
#define LIMIT_DOCUMENT_LEN ((size_t)1 << 31)

/* Bytes of the part of an archive that has the text, and how many times its packed size it may have
 * once it is large: office XML packs ten to thirty times, a "zip bomb" a thousand times. */
#define LIMIT_PART_LEN ((size_t)1 << 28)
#define LIMIT_PART_RATIO 200u
#define LIMIT_PART_RATIO_LEN ((size_t)1 << 22)

/* Bytes of one unit. A longer paragraph is divided at white space, so that the memory for tokens
 * is bounded by this and not by the text (a whole file on one line is a normal find). */
#define LIMIT_UNIT_LEN ((size_t)1 << 18)

/* Bytes of a document that is judged as a whole: a book of 170,000 words, and no story. */
#define LIMIT_UNDIVIDED_LEN ((size_t)1 << 20)

/* Bytes of text, and units of a format whose segments need not belong together, after which what
 * checks remember of a longer document is judged and forgotten, so that memory does not grow. */
#define LIMIT_SECTION_LEN ((size_t)1 << 19)
#define LIMIT_SECTION_UNITS ((size_t)1 << 12)

/* Issues of one document. A text that is wrong all over needs no longer list, and a hostile one
 * gets none. A warning says how many more there were. */
#define LIMIT_ISSUES 100000u

/* Suggestions of one issue: nobody reads further. */
#define LIMIT_SUGGESTIONS 8u

/* Related places of one issue. */
#define LIMIT_RELATED 8u

/* Warnings of one document: they come from settings and marks, and one is as good as a thousand. */
#define LIMIT_WARNINGS 1000u

/* Ignore marks of one document; every issue is held against each of them. */
#define LIMIT_MARKS 1000u

/* Steps (calls of PCRE2's internal match function) that a pattern of the house style may take for
 * matches that begin within a window of so many bytes, and the least for each match after the
 * first. A pattern that needs a thousand steps a byte backtracks without end; ordinary ones need a
 * few. */
#define LIMIT_PATTERN_WINDOW ((size_t)1024)
#define LIMIT_PATTERN_STEPS 1000000u
#define LIMIT_PATTERN_STEPS_MIN 1000u

/* KiB of memory for one match of such a pattern. */
#define LIMIT_PATTERN_HEAP 4096u

/* Bytes of a token that is looked up or suggested for; the longest word of any dictionary here is
 * under 64. */
#define LIMIT_WORD_LEN 128u

#endif
