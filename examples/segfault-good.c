/* expects: nothing */
/*
 * segfault-good - a search that may find nothing, and a caller that asks whether it has.
 *
 * A function that can return NULL makes that part of its answer: look before the pointer is followed.
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
    if (entry == NULL) {
        puts("there is none"); /* → write */
        return 0;
    }
    entry->visits++;
    printf("%s was visited %d times\n", entry->name, entry->visits);
    return 0;
}
