/* expects: temp-file-left */
/*
 * temp-file-bad - a file for the time being that stays for ever.
 *
 * mkstemp makes a file with a name that nobody else has, and nobody else will remove it either: every run
 * leaves one more in /tmp. Good twin: temp-file-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    char path[4096], text[16];
    const char *folder = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/sorted-XXXXXX", folder != NULL ? folder : "/tmp");
    int file = mkstemp(path); /* → openat */
    if (file == -1)
        err(EXIT_FAILURE, "%s", path);
    if (write(file, "intermediate", 12) != 12 || pread(file, text, sizeof text, 0) != 12) /* → pread64 */
        err(EXIT_FAILURE, "%s", path);
    close(file); /* BUG: the name stays, and the bytes with it */
    printf("%.12s result: used\n", text);
    return 0;
}
