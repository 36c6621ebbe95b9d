/*
 * Names written in several ways, and what websites put around a story.
 */
#include "runner.h"

#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static void names(void) {
    static const char *const stories[] = {
        "The G20 met. The G20 will meet again. Some call it the [[G-20]].",
        "He left Kyiv at dawn. In Kyiv it rained. The train to [[Kiev]] was late.",
        "Kim Ju-ae came. Kim Ju-ae spoke. Kim [[Joo-ae]] smiled, and Kim [[Jue]] left.",
        "The port of Zarnovodsk burns. Zarnovodsk was calm. He fled [[Zarnavodsk]] on foot.",
        "The dam broke, [[France Press]] and the [[Associate Press]] wrote.",
        "They flew to [[Toyko]] and met Angela [[Mekrel]] there.",
        "Robert Connan of Dubki met Ann Mattis and the Zarnovs.",
        "COVID-19 is Covid-19. The score was 3-2.",
        "Kim Jong-un is the son of Kim Jong-il and the brother of Kim Yo-jong.",
        "Zarnov and Zarnova spoke. Zarnova sang, and Zarnov played. Zarnovski left.",
        "He said so. She said so. He said it himself, she herself.",
    };
    expect_all_marked("entity", stories, LENGTH(stories));
}

static void furniture(void) {
    static const char *const stories[] = {
        "The bridge was opened on Monday.\n\n[[Facebook Twitter WhatsApp Telegram]]\n\nIt is long.",
        "[[Read also: The bridge that nobody wanted]]\n\nThe bridge was opened on Monday.",
        "The bridge was opened on Monday.\n\n[[Photo by A. Miller]]\n\n[[Share on Facebook]]",
        "[[We use cookies to make this page better.]]\n\nThe bridge was opened on Monday.",
        "The bridge was opened on Monday.\n\n[[Photo: Reuters]]\n\n[[© Nordbild / A. Miller]]",
        "[[Comments (12)]]\n\n[[Read in addition: The bridge that nobody wanted]]\n\nIt is long.",
        "The bridge was opened on Monday.\n\n[[Found a mistake? Select the text and press Enter]]",
        "The photo: a bridge, a river and a man who looks for the place where his father was born.",
        "The firm owns Facebook, Instagram and WhatsApp.\n\nHe shared the story on Twitter.",
        "Read also what the others wrote, said the teacher, who had brought along the whole pile "
        "of "
        "books that the school had bought for the class a year ago.",
        "Comments by readers were kind.\n\n“Read more!” he said.",
    };
    expect_all_marked("boilerplate", stories, LENGTH(stories));
}

/* What is suggested leaves nothing to report. */
static void repairs(void) {
    static const char *const texts[] = {
        "He left Kyiv. In Kyiv it rained. The train to Kiev was late.",
        "Kim Ju-ae came. Kim Ju-ae spoke. Kim Joo-ae smiled.",
        "The dam broke, France Press wrote.",
        "The bridge was opened on Monday.\n\nFacebook Twitter WhatsApp\n\nIt is long.",
    };
    galley_engine *engine = test_engine("only", "entity,boilerplate");
    for (size_t i = 0; i < LENGTH(texts); i++) {
        galley_document *document = check_text(engine, texts[i]);
        CU_ASSERT_EQUAL(galley_document_n_issues(document), 1);
        char *repaired = apply_suggestions(document, texts[i]);
        galley_document *again = check_text(engine, repaired);
        CU_ASSERT_EQUAL(galley_document_n_issues(again), 0);
        galley_document_destroy(again);
        galley_document_destroy(document);
        free(repaired);
    }
    galley_engine_destroy(engine);
}

/* Thousands of unknown names must not be compared with each other for ever. */
static void hostile(void) {
    galley_engine *engine = test_engine("only", "entity,boilerplate");
    enum { NAMES = 20000, LEN = 10 };
    char *text = malloc((size_t)NAMES * LEN + 1);
    for (unsigned i = 0; i < NAMES; i++) {
        char *name = text + (size_t)i * LEN;
        memcpy(name, "Zqxaaaavk ", LEN);
        name[3] = (char)('a' + i % 26);
        name[4] = (char)('a' + i / 26 % 26);
        name[5] = (char)('a' + i / 676 % 26);
        name[6] = (char)('a' + i / 17576 % 26);
    }
    text[(size_t)NAMES * LEN] = '\0';
    galley_document_destroy(check_text(engine, text));
    free(text);
    galley_engine_destroy(engine);
}

int main(void) {
    static const struct test_case cases[] = {
        {"names", names},
        {"furniture", furniture},
        {"repairs", repairs},
        {"hostile texts end", hostile},
    };
    return run_tests("entity", cases, LENGTH(cases));
}
