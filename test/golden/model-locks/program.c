/* Locks that one waits for and another gives: flock, fcntl by range, a System V semaphore, a mutex in shared memory, a pthread mutex. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *locks(void *arg)
{
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
    return arg;
}

int main(void)
{
    int file = open("file", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int set = semget(IPC_PRIVATE, 1, 0600);
    semctl(set, 0, SETVAL, 1);
    struct sembuf take = {0, -1, SEM_UNDO}, give = {0, 1, SEM_UNDO};
    struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 10, .l_len = 5}, all = {.l_type = F_UNLCK};

    flock(file, LOCK_EX);
    fcntl(file, F_SETLKW, &range);
    semop(set, &take, 1);
    pthread_mutex_lock(&mutex);
    if (fork() == 0) {
        int own = open("file", O_RDWR | O_CLOEXEC);
        flock(own, LOCK_EX);
        fcntl(own, F_SETLKW, &range);
        semop(set, &take, 1);
        usleep(50000);
        _exit(0); /* exit gives everything back */
    }
    pthread_t thread;
    pthread_create(&thread, NULL, locks, NULL);
    usleep(100000);
    flock(file, LOCK_UN);
    usleep(50000);
    fcntl(file, F_SETLK, &all);
    usleep(50000);
    semop(set, &give, 1);
    pthread_mutex_unlock(&mutex);
    pthread_join(thread, NULL);
    semop(set, &take, 1); /* waits for the child's end */
    wait(NULL);
    semctl(set, 0, IPC_RMID);
    return unlink("file");
}
