/* expects: nothing */
/*
 * temp-file-good - a file for the time being that loses its name as soon as it is open.
 *
 * The bytes stay for as long as a descriptor refers to them. They go with the last one, even when the
 * program is killed.
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
    if (file == -1 || unlink(path) == -1)
        err(EXIT_FAILURE, "%s", path);
    if (write(file, "intermediate", 12) != 12 || pread(file, text, sizeof text, 0) != 12) /* → pread64 */
        err(EXIT_FAILURE, "%s", path);
    close(file); /* the last descriptor: now the bytes are gone, too */
    printf("%.12s result: used\n", text);
    return 0;
}
