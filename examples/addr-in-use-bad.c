/* expects: addr-in-use */
/*
 * addr-in-use-bad - a server that starts once, and never again.
 *
 * close does not remove the file that bind made. Nobody listens there any more, but the name is taken: the
 * second bind fails with EADDRINUSE. Good twin: addr-in-use-good.c.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int start_server(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd == -1)
        err(EXIT_FAILURE, "socket");
    /* BUG: a stale socket file is not removed first */
    if (bind(fd, (const struct sockaddr *)address, sizeof *address) == -1 || listen(fd, 8) == -1) {
        puts("server: can not start, the address is in use");
        close(fd);
        return -1;
    }
    puts("server: listening");
    return fd;
}

int main(void)
{
    char directory[] = "/tmp/server-XXXXXX";
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (mkdtemp(directory) == NULL) /* → mkdir */
        err(EXIT_FAILURE, "mkdtemp");
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", directory);

    for (int run = 0; run < 2; run++) {
        int fd = start_server(&address);
        usleep(200 * 1000); /* → clock_nanosleep */
        if (fd != -1)
            close(fd); /* as a crash would: the socket goes, its name stays */
    }
    return unlink(address.sun_path) == 0 && rmdir(directory) == 0 ? 0 : 1;
}
