/* Linked with the libraries that are loaded late, for the names that the linker notes of them. */
int galley_needed(void);

int galley_needed(void) {
    return 0;
}
