/* expects: segfault */
/*
 * segfault-bad - a search that finds nothing returns NULL, and nobody looks.
 *
 * Nothing is ever mapped at address 0, so that this mistake shows. The signal's line in the trace says which
 * address was touched: 0 plus the place of the member in the structure. Good twin: segfault-good.c;
 * memory-map.c touches other places.
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct entry {
    const char *name;
    int visits;
};

static struct entry table[] = {{"fork", 0}, {"exec", 0}, {"wait", 0}};

static struct entry *find(const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

int main(int argc, char *argv[])
{
    (void)argv;
    setlinebuf(stdout);
    puts("looking for an entry"); /* → write */

    struct entry *volatile entry = find(argc > 1 ? "wait" : "vfork");
    entry->visits++; /* BUG: there is none: this writes at address 8 */
    printf("%s was visited %d times\n", entry->name, entry->visits);
    return 0;
}
