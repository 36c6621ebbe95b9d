/*
 * galley-pack: makes a language pack.
 *
 *     galley-pack [--hunspell DIRECTORY] [--depfile FILE] TABLES OUTPUT     compile
 *     galley-pack --verify PACK                            check a pack, contents included
 *     galley-pack --expand DIRECTORY NAME                  print a Hunspell dictionary's forms
 *
 * TABLES is a directory such as dictionaries/en. FILE gets a rule for make or ninja with all that
 * the pack may be made of. Answers 0, or 2 with one line on standard error.
 */
#include "language/pack_compiler.h"

#include "language/hunspell.h"
#include "language/pack_format.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static const struct memory memory;

static int fail(const char *message) {
    fprintf(stderr, "galley-pack: %s\n", message);
    return 2;
}

/* Writes in small pieces: Linux keeps what was written at once together in memory, and a process
 * that reads one byte of it counts all of it, up to 2 MB, as its own. */
static bool write_pieces(const struct buffer *bytes, FILE *file) {
    enum { PIECE = 4096 };
    setbuf(file, NULL);
    size_t at = 0;
    size_t n = 1;
    while (at < bytes->len && n > 0) {
        const size_t left = bytes->len - at;
        n = fwrite(bytes->data + at, 1, left < PIECE ? left : PIECE, file);
        at += n;
    }
    return at == bytes->len;
}

/* Writes beside the output and renames: programs that have the old pack mapped keep it whole. */
static int write_file(const char *path, const struct buffer *bytes) {
    char beside[4096];
    if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside) {
        return fail("the output's name is too long");
    }
    FILE *file = fopen(beside, "wb");
    if (file == NULL) {
        return fail("the output cannot be opened");
    }
    const bool written = write_pieces(bytes, file);
    if (fclose(file) != 0 || !written || rename(beside, path) != 0) {
        remove(beside);
        return fail("the output cannot be written");
    }
    return 0;
}

/* A folder, which changes with the names in it, and its tables. */
static void write_folder(FILE *file, const char *tables, const char *name) {
    char path[4096];
    if (snprintf(path, sizeof path, "%s%s", tables, name) >= (int)sizeof path) {
        return;
    }
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return;
    }
    fprintf(file, " \\\n %s", path);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        const char *ending = strrchr(entry->d_name, '.');
        if (ending != NULL && (strcmp(ending, ".tsv") == 0 || strcmp(ending, ".ini") == 0)) {
            fprintf(file, " \\\n %s/%s", path, entry->d_name);
        }
    }
    closedir(folder);
}

static int write_dependencies(const char *path, const char *tables, const char *output) {
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return fail("the depfile cannot be opened");
    }
    fprintf(file, "%s:", output);
    write_folder(file, tables, "");
    write_folder(file, tables, "/../foreign");
    write_folder(file, tables, "/../numbers");
    fputc('\n', file);
    const bool written = ferror(file) == 0;
    return fclose(file) == 0 && written ? 0 : fail("the depfile cannot be written");
}

static int compile(const char *hunspell_directory, const char *tables, const char *output) {
    galley_error error = {.size = sizeof error};
    struct buffer bytes = {.memory = &memory};
    int result = 0;
    if (pack_compile(&memory, tables, hunspell_directory, &bytes, &error) != GALLEY_OK) {
        result = fail(error.message);
    } else {
        result = write_file(output, &bytes);
    }
    buffer_finish(&bytes);
    return result;
}

static int verify(const char *path) {
    galley_error error = {.size = sizeof error};
    struct pack *pack;
    if (pack_open(&memory, path, &pack, &error) != GALLEY_OK) {
        return fail(error.message);
    }
    const bool right = pack_verify(pack);
    if (right) {
        printf("%s: %s, %zu forms, %u of them in small letters\n", path, pack_language(pack),
               pack_n_forms(pack), (unsigned)pack_n_lower_forms(pack));
    }
    pack_close(pack);
    return right ? 0 : fail("the contents' checksum is wrong");
}

static bool print_form(void *context, const char *form, bool derived, bool hidden) {
    (void)context;
    (void)derived;
    (void)hidden;
    return puts(form) >= 0;
}

static bool ignore_piece(void *context, const char *word, const char *flags) {
    (void)context;
    (void)word;
    (void)flags;
    return true;
}

static bool ignore(void *context, const char *text) {
    (void)context;
    (void)text;
    return true;
}

static int expand(const char *directory, const char *name) {
    const struct hunspell_receiver receiver = {.take = print_form,
                                               .take_piece = ignore_piece,
                                               .take_rule = ignore,
                                               .take_forbidden = ignore};
    galley_error error = {.size = sizeof error};
    struct arena arena;
    arena_init(&arena, &memory);
    const bool done = hunspell_expand(&arena, directory, name, &receiver, &error);
    arena_finish(&arena);
    return done ? 0 : fail(error.message);
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "--expand") == 0) {
        return expand(argv[2], argv[3]);
    }
    if (argc == 3 && strcmp(argv[1], "--verify") == 0) {
        return verify(argv[2]);
    }
    const char *hunspell = "/usr/share/hunspell";
    const char *depfile = NULL;
    int at = 1;
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (strcmp(argv[at], "--hunspell") == 0) {
            hunspell = argv[at + 1];
        } else if (strcmp(argv[at], "--depfile") == 0) {
            depfile = argv[at + 1];
        } else {
            break;
        }
    }
    if (argc - at != 2 || argv[at][0] == '-') {
        return fail("usage: galley-pack [--hunspell DIRECTORY] [--depfile FILE] TABLES OUTPUT | "
                    "--verify PACK | --expand DIRECTORY NAME");
    }
    const int result = compile(hunspell, argv[at], argv[at + 1]);
    return result == 0 && depfile != NULL ? write_dependencies(depfile, argv[at], argv[at + 1])
                                          : result;
}
