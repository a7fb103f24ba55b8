/* expects: deadlock */
/* Two threads take two locks in opposite order. A watchdog ends the program. */
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static void *other(void *unused)
{
    pthread_mutex_lock(&b);
    usleep(100 * 1000);
    pthread_mutex_lock(&a);
    return unused;
}

int main(void)
{
    pthread_t thread;
    alarm(1);
    if (pthread_create(&thread, NULL, other, NULL) != 0)
        return 1;
    pthread_mutex_lock(&a);
    usleep(100 * 1000);
    pthread_mutex_lock(&b);
    return 0;
}
