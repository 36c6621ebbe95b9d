#include "marks.h"

/* Scintilla leaves 8 to 31 to containers; Geany itself takes the first of them. */
enum { FIRST_INDICATOR = 20 };

/* By severity; colours are 0xBBGGRR. */
static const struct {
    gint style, colour;
} looks[] = {
    [GALLEY_NEUTRAL] = {INDIC_DOTS, 0x7A6B5C},
    [GALLEY_MINOR] = {INDIC_SQUIGGLE, 0x1E9AC8},
    [GALLEY_MAJOR] = {INDIC_SQUIGGLE, 0x1A50C8},
    [GALLEY_CRITICAL] = {INDIC_SQUIGGLE, 0x1D20A3},
};

void marks_draw(ScintillaObject *editor, const struct finds *finds) {
    for (guint severity = 0; severity < G_N_ELEMENTS(looks); severity++) {
        const guint indicator = FIRST_INDICATOR + severity;
        scintilla_send_message(editor, SCI_INDICSETSTYLE, indicator, looks[severity].style);
        scintilla_send_message(editor, SCI_INDICSETFORE, indicator, looks[severity].colour);
        scintilla_send_message(editor, SCI_SETINDICATORCURRENT, indicator, 0);
        scintilla_send_message(editor, SCI_INDICATORCLEARRANGE, 0, sci_get_length(editor));
    }
    for (guint i = 0; finds != NULL && i < finds->all->len; i++) {
        const struct find *find = g_ptr_array_index(finds->all, i);
        scintilla_send_message(editor, SCI_SETINDICATORCURRENT,
                               FIRST_INDICATOR + (guint)find->severity, 0);
        scintilla_send_message(editor, SCI_INDICATORFILLRANGE, (uptr_t)find->start,
                               find->end - find->start);
    }
}
