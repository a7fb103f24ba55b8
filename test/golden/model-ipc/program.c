/* System V objects and counters between a parent and a child: two queues' messages by type, a segment, an eventfd, a shared anonymous map. */
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
    long type;
    char text[8];
};

int main(void)
{
    int queue = msgget(IPC_PRIVATE, 0600), segment = shmget(IPC_PRIVATE, 8192, 0600), counter = eventfd(0, EFD_CLOEXEC);
    void *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    void *attached = shmat(segment, NULL, 0);
    uint64_t value;
    struct message message = {1, "one"};
    if (fork() == 0) {
        msgrcv(queue, &message, sizeof message.text, 2, 0); /* waits for the second message, of type 2 */
        read(counter, &value, sizeof value);                /* 3 + 4 */
        msgrcv(queue, &message, sizeof message.text, 0, 0);
        shmdt(attached);
        munmap(shared, 4096);
        _exit(0);
    }
    usleep(50000);
    msgsnd(queue, &message, 4, 0);
    message.type = 2;
    msgsnd(queue, &message, 8, 0);
    value = 3;
    write(counter, &value, sizeof value);
    value = 4;
    write(counter, &value, sizeof value);
    wait(NULL);
    msgctl(queue, IPC_RMID, NULL);
    shmctl(segment, IPC_RMID, NULL);
    shmdt(attached);
    return 0;
}
