/*
 * Fragments of other languages, as stories: what must be found and how far it goes, what must not,
 * and what whole paragraphs and documents become.
 */
#include "runner.h"

#include "language/foreign.h"
#include "text/mojibake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static void fragments(void) {
    static const char *const stories[] = {
        "The treaty covers energy [[y la seguridad de las fronteras]] and trade.",
        "The ministers spoke about [[die wirtschaftlichen Beziehungen zwischen]] both states.",
        "The mayor said [[que les habitants doivent quitter]] the town.",
        "The plan was drawn up [[per migliorare la qualità]] of the roads.",
        "They will open the bridge [[przed końcem przyszłego]] year.",
        "The lake is said to be [[aynı zamanda]] a source of salt.",
        "The farmers want [[meer geld voor hun]] milk.",
        "The harbour [[ska byggas om nästa]] spring, the council decided.",
        "The villagers [[hogy a hidat újra]] built by hand.",
        "The train [[saapui asemalle myöhässä]] on Tuesday.",
        "The answer was [[安全保障]] and nothing more.",
        "The report speaks of [[мост через реку]] and of a dam.",
        "She met him [[el 5 de marzo]] at noon.",
        "The well is [[również]] dry.",
        /* A capital at the begin, German articles before nouns, names behind a preposition. */
        "The farmers were told [[Kreml zaprzeczył]] by letter.",
        "The mayor said [[das Eingreifen von Bereitschaftspolizisten]] was right.",
        "They wrote [[Contrairement à]] in the letter.",
        /* A long word that no list has, by its letters alone. */
        "He went to the [[undanúrslitaleiknum]] with his son.",
        "He got to the [[verslunarmannahelgarinnar]] with his son.",
        "The plan was made by hand [[Zamknęła się po]] saying no.",
        /* A small word that this language has in names only, and no name beside it. */
        "She was chosen as club champion [[de]] go home.",
        "The dam was built [[en 1972]] by hand.",
        /* What looks like a slip, and is a word that its language has all the time. */
        "He told the mayor [[mesmo]] that he would go.",
        "The farmers were told that [[sie sich]] cannot stay.",
        "They rejected [[la Iglesia]] and the old laws.",
        /* A number's word, and a name of this language in small letters. */
        "He has [[dreizehn]] sheep.",
        "They opened it on the day before 5 [[maja]] again.",
        /* No names: they end in the middle of a phrase. */
        "He is called [[un constructeur de]] by those who know him.",
        "The mayor got [[une nouvelle pompe]] (12 percent of them) to town.",
        /* Between two quotations, not within one. */
        "He called it “a good bridge,” [[la vieille maison du]] “a bad house.”",
        /* Within a headline. */
        "Mayor Of Bern Says [[der Wille der Dorfbewohner]] His Last Plan",
    };
    expect_all_marked("untranslated", stories, LENGTH(stories));
}

static void silence(void) {
    static const char *const stories[] = {
        "The newspaper Le Monde and the Bundestag met in Rio de Janeiro.",
        "The coup d'état cost 500 euros per capita, a fait accompli en route to ruin.",
        "Ludwig van Beethoven, Leonardo da Vinci and the Tour de France were there.",
        "His film “Todo sobre el río” won a prize.",
        "The no-nonsense baker of Sant'Agata sells focaccia and pain au chocolat.",
        "The file is at /home/maja/luka/vrata and the wind blew at 15 m/s.",
        "He has a dif- ferent view of the gov- ernment.",
        "The naÃ¯ve painter FranÃ§ois sold piÃ±atas.",
        "The parade starts at 244 ulitsa Zelenina and ends at 12 ulitsa Marchenko.",
        "The yard belongs to Skipalind ehf. of Akureyri.",
        "President Daniel arap Moi was there, and so was Pilar de la Torriente.",
        "It was saod that he hled the restaurantin his hand.",
        "Terry is a friend. I don‘t know Miller.",
        /* One slip among everyday words, though the result is a word somewhere. */
        "Sales reached a recodr last year, and the plan isnot a secret.",
        "It wil take the harbour a week, and the ferry to habe arrived by then.",
        "Voters got the letters via maail or by a serial liiar.",
        "We told tem what the samme mayor had said, and they had doen it.",
        "A white van is in the den, according to north-ouest.fr and his aunt.",
    };
    expect_all_marked("untranslated", stories, LENGTH(stories));
}

/* What the text sets off, and phrases that the language has taken over, are nobody's issue. */
static void set_off(void) {
    static const char *const texts[] = {
        "They rest at noon, and the custom is known as siesta de la tarde in the south.",
        "The dish is known as sopa de pescado con patatas y verduras in the south.",
        "The novel Los caminos del viento (The Paths of the Wind) sold well.",
        "Das verlorene Haus (“The Lost House”) was shown in the old theatre.",
        "A large ema (votive tablet) stands at the gate. Next to it hangs a small ema for luck.",
        "The state keeps the right of return (derecho al retorno) in its law.",
        "According to Aktuaalne kaamera, it rained. Aktuaalne kaamera reported hail, too.",
        "The old town of Xishuang (西双) is in the hills.",
        "She had arroz con pollo and coq au vin, and left en deshabille.",
        "The parade begins at 77 Zelenskaya ulitsa, at noon.",
        "The runner between the bases made a touchout.",
        "Skarbek Meets Zamknij in Torun\n\nThe two men met on Monday in the old town hall.",
    };
    galley_engine *engine = test_engine(NULL, NULL);
    for (size_t i = 0; i < LENGTH(texts); i++) {
        galley_document *document = check_text(engine, texts[i]);
        if (galley_document_n_issues(document) > 0) {
            galley_issue issue = {.size = sizeof issue};
            galley_document_issue(document, 0, &issue);
            printf("    “%s”: %s\n", issue.text.data, issue.message.data);
            CU_FAIL("an issue where none is");
        }
        galley_document_destroy(document);
    }
    /* What stands behind "called" may be a slip all the same, though Norwegians write it so. */
    expect_marked(engine, "The council called on them [[toget]] the harbour ready.");
    galley_engine_destroy(engine);
}

/* The only issue of a text, or NULL after a failure. */
static void expect_issue(const char *text, const char *marked, const char *message,
                         galley_severity severity) {
    galley_engine *engine = test_engine(NULL, NULL);
    galley_document *document = check_text(engine, text);
    bool found = false;
    for (size_t i = 0; i < galley_document_n_issues(document); i++) {
        galley_issue issue = {.size = sizeof issue};
        galley_document_issue(document, i, &issue);
        if (strcmp(issue.check, "untranslated") != 0) {
            continue;
        }
        found = strcmp(issue.text.data, marked) == 0 && strcmp(issue.message.data, message) == 0 &&
                issue.severity == severity;
        if (!found) {
            printf("    “%s”: %s\n", issue.text.data, issue.message.data);
        }
    }
    CU_ASSERT_TRUE(found);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static void messages(void) {
    expect_issue("The plan was drawn up para mejorar las carreteras of the north.",
                 "para mejorar las carreteras", "four words of Spanish", GALLEY_MAJOR);
    expect_issue("The well is również dry.", "również", "one word of Polish", GALLEY_MINOR);
    expect_issue("The answer was 안녕하세요 and no more.", "안녕하세요", "two words of Korean",
                 GALLEY_MAJOR);
    /* Letters alone name no language; the other fragments of the text do. */
    expect_issue("The mayor spoke of mhijiex lanqas bżonnu and left.", "mhijiex lanqas bżonnu",
                 "three words of another language", GALLEY_MAJOR);
    expect_issue("He spoke of мост через реку at noon.", "мост через реку",
                 "three words of Russian", GALLEY_MAJOR);
}

static void paragraphs(void) {
    expect_issue("The bridge was closed on Monday, and nobody knew why it was.\n\n"
                 "El puente fue cerrado el lunes y nadie sabía por qué.\n\n"
                 "It will be opened again in May, the mayor of the town said.\n",
                 "El puente fue cerrado el lunes y nadie sabía por qué.",
                 "all of this is in Spanish: it was left untranslated", GALLEY_CRITICAL);
    expect_issue("EL GOBIERNO APRUEBA LA NUEVA LEY DE VIVIENDA\n\n"
                 "The government approved the new housing law on Tuesday, a minister said.\n",
                 "EL GOBIERNO APRUEBA LA NUEVA LEY DE VIVIENDA",
                 "all of this is in Spanish: it was left untranslated", GALLEY_CRITICAL);
    expect_issue("Gobierno Aprueba Nueva Ley de Vivienda\n\n"
                 "The government approved the new housing law on Tuesday, a minister said.\n",
                 "Gobierno Aprueba Nueva Ley de Vivienda",
                 "all of this is in Spanish: it was left untranslated", GALLEY_CRITICAL);
}

/* The fragments of one text are of one language. */
static void one_language(void) {
    galley_engine *engine = test_engine("only", "untranslated");
    galley_document *document = check_text(
        engine, "The mayor said that þetta er ekki rétt and left. The harbour is closed vegna "
                "veðurs until noon. A storm of fellibylur kind came.");
    const size_t n = galley_document_n_issues(document);
    CU_ASSERT(n >= 2);
    for (size_t i = 0; i < n; i++) {
        galley_issue issue = {.size = sizeof issue};
        galley_document_issue(document, i, &issue);
        CU_ASSERT_PTR_NOT_NULL(strstr(issue.message.data, "of Icelandic"));
    }
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static void documents(void) {
    const char *text = "Der Bürgermeister hat am Montag die neue Brücke eröffnet.\n\n"
                       "Die Arbeiten haben länger gedauert, als man gedacht hatte, sagte er.\n\n"
                       "Viele Leute sind gekommen und haben bis in die Nacht gefeiert.\n";
    galley_engine *engine = test_engine(NULL, NULL);
    galley_document *document = check_text(engine, text);
    CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
    galley_issue issue = {.size = sizeof issue};
    CU_ASSERT_EQUAL(galley_document_issue(document, 0, &issue), GALLEY_OK);
    CU_ASSERT_STRING_EQUAL(issue.message.data, "the document is in German, not in English");
    CU_ASSERT_EQUAL(issue.severity, GALLEY_CRITICAL);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

/* With the source beside it, what is common to both says more. */
static void sources(void) {
    static const struct {
        const char *text, *marked; /* NULL: silent */
    } rows[] = {
        {"{\"text\": \"The mayor said gira a la derecha now.\", \"source\": \"El alcalde dijo: "
         "«gira a la derecha» ahora.\"}",
         "gira a la derecha"},
        {"{\"text\": \"He saw The Last Emperor of China in the spring.\", \"source\": \"Vio The "
         "Last Emperor of China en la primavera.\"}",
         NULL},
        {"{\"text\": \"He visited the Universidad de Chile in May.\", \"source\": \"Visitó la "
         "Universidad de Chile en mayo.\"}",
         NULL},
        {"{\"text\": \"He spoke of gira a many.\", \"source\": \"Habló de otra cosa.\"}", NULL},
    };
    for (size_t i = 0; i < LENGTH(rows); i++) {
        galley_engine *engine = test_engine("only", "untranslated");
        const galley_input input = {.size = sizeof input,
                                    .data = rows[i].text,
                                    .data_len = strlen(rows[i].text),
                                    .format = "jsonl"};
        galley_document *document = NULL;
        CU_ASSERT_EQUAL_FATAL(galley_check(engine, &input, &document, NULL), GALLEY_OK);
        CU_ASSERT_EQUAL(galley_document_n_issues(document), rows[i].marked != NULL);
        galley_issue issue = {.size = sizeof issue};
        if (rows[i].marked != NULL && galley_document_issue(document, 0, &issue) == GALLEY_OK) {
            CU_ASSERT_STRING_EQUAL(issue.text.data, rows[i].marked);
        }
        galley_document_destroy(document);
        galley_engine_destroy(engine);
    }
}

static void share(void) {
    static const struct {
        const char *text;
        double low, high;
    } rows[] = {
        {"The bridge was opened on Monday.", 0, 0},
        {"The plan was drawn up para mejorar las carreteras of the north.", 33, 34},
        {"Der Bürgermeister hat am Montag die neue Brücke eröffnet, und viele Leute sind gekommen "
         "und haben bis in die Nacht gefeiert.",
         90, 100},
    };
    galley_engine *engine = test_engine(NULL, NULL);
    for (size_t i = 0; i < LENGTH(rows); i++) {
        galley_document *document = check_text(engine, rows[i].text);
        galley_summary summary = {.size = sizeof summary};
        CU_ASSERT_EQUAL(galley_document_summary(document, &summary), GALLEY_OK);
        CU_ASSERT_TRUE(summary.untranslated >= rows[i].low && summary.untranslated <= rows[i].high);
        galley_document_destroy(document);
    }
    galley_engine_destroy(engine);
}

static void abbreviations(void) {
    galley_engine *engine = test_engine("only", "untranslated,characters");
    const char *text = "The envoys of the EE.UU. and the ООН met OTAN and the EEUU.";
    galley_document *document = check_text(engine, text);
    char *repaired = apply_suggestions(document, text);
    CU_ASSERT_STRING_EQUAL(repaired, "The envoys of the U.S. and the UN met NATO and the U.S.");
    free(repaired);
    galley_document_destroy(document);
    galley_engine_destroy(engine);
}

static void mojibake(void) {
    static const struct {
        const char *text;
        size_t len;
        uint32_t meant;
    } rows[] = {
        {"â€™s", 8, 0x2019}, {"Ã©", 4, 0xE9}, {"A\xCC\x83\xC2\xA9", 5, 0xE9},
        {"é", 0, 0},         {"Âge", 0, 0},   {"Ã", 0, 0},
        {"", 0, 0},
    };
    for (size_t i = 0; i < LENGTH(rows); i++) {
        uint32_t meant = 0;
        CU_ASSERT_EQUAL(mojibake_len(rows[i].text, strlen(rows[i].text), &meant), rows[i].len);
        CU_ASSERT_EQUAL(meant, rows[i].meant);
    }
}

/* Words of nothing but seeds must cost what other words cost, give or take. */
static void hostile(void) {
    static const char *const words[] = {"que ", "como como ", "sztrx ", "l'l'l'l' ", "а ", "a-"};
    galley_engine *engine = test_engine("only", "untranslated");
    for (size_t i = 0; i < LENGTH(words); i++) {
        const size_t len = strlen(words[i]);
        const size_t n = 200000 / len;
        char *text = malloc(n * len + 1);
        for (size_t k = 0; k < n; k++) {
            memcpy(text + k * len, words[i], len);
        }
        text[n * len] = '\0';
        galley_document_destroy(check_text(engine, text));
        free(text);
    }
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"fragments", fragments},   {"silence", silence},
        {"set off", set_off},       {"messages", messages},
        {"paragraphs", paragraphs}, {"one language", one_language},
        {"documents", documents},   {"sources", sources},
        {"share", share},           {"abbreviations", abbreviations},
        {"mojibake", mojibake},     {"hostile texts end", hostile},
    };
    return run_tests("untranslated", cases, LENGTH(cases));
}
