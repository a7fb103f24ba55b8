/* One file copied in five ways: read and write, mmap and write, sendfile, copy_file_range, splice through a pipe. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#define SIZE 20000

int main(void)
{
    static char data[SIZE], buffer[4096];
    int from = open("from", O_RDWR | O_CREAT, 0600);
    write(from, data, SIZE);
    lseek(from, 0, SEEK_SET);
    int a = open("a", O_WRONLY | O_CREAT, 0600);
    for (ssize_t n; (n = read(from, buffer, sizeof buffer)) > 0;)
        write(a, buffer, n);
    int b = open("b", O_WRONLY | O_CREAT, 0600);
    void *map = mmap(NULL, SIZE, PROT_READ, MAP_PRIVATE, from, 0);
    write(b, map, SIZE);
    munmap(map, SIZE);
    int c = open("c", O_WRONLY | O_CREAT, 0600);
    off_t at = 0;
    sendfile(c, from, &at, SIZE);
    int d = open("d", O_WRONLY | O_CREAT, 0600);
    loff_t start = 0;
    copy_file_range(from, &start, d, NULL, SIZE, 0);
    int e = open("e", O_WRONLY | O_CREAT, 0600), ends[2];
    pipe(ends);
    start = 0;
    for (ssize_t n; (n = splice(from, &start, ends[1], NULL, SIZE, 0)) > 0;)
        splice(ends[0], NULL, e, NULL, n, 0);
    return 0;
}
