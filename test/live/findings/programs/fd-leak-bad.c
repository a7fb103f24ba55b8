/* expects: fd-leak */
/* Reads a file twenty times and closes it never. */
#include <fcntl.h>
#include <unistd.h>

int main(void)
{
    char text[16];
    for (int i = 0; i < 20; i++) {
        int fd = open("/etc/hostname", O_RDONLY | O_CLOEXEC);
        if (fd == -1 || read(fd, text, sizeof text) == -1)
            return 1;
    }
    return 0;
}
