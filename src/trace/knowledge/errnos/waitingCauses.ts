/** Likely causes of errors about waiting, interruption and time (format: causeTable.ts). */

export const waitingCauses = `
EAGAIN: reads
The descriptor is non-blocking and has no data now. On a socket with SO_RCVTIMEO, its time limit passed.
> Wait for it with poll or epoll and read again; don't loop without waiting.

EAGAIN: receives
The socket is non-blocking (or MSG_DONTWAIT was given) and has no data now, or its SO_RCVTIMEO time limit passed.
> Wait for it with poll or epoll and receive again. With edge-triggered epoll this is the sign that it is drained.

EAGAIN: writes
The descriptor is non-blocking and its pipe or socket buffer is full. On a socket with SO_SNDTIMEO, its time limit passed.
> Keep the rest, wait until it is writable with poll or epoll, and go on from there.

EAGAIN: sends
The socket is non-blocking (or MSG_DONTWAIT was given) and its send buffer is full, or its SO_SNDTIMEO time limit passed.
> Keep the rest, wait until it is writable with poll or epoll, and go on from there.

EAGAIN: accepts
The listening socket is non-blocking and no connection waits: the queue is drained, or another worker took the connection.
> Go back to poll or epoll. With edge-triggered epoll, accept in a loop until this error.

EAGAIN: connect
The UNIX socket is non-blocking and the server's backlog is full; on other sockets the kernel is short of routing entries.
> Try again later, and let the server accept faster or listen with a longer backlog.

EAGAIN: copies
One of the descriptors is non-blocking (or SPLICE_F_NONBLOCK was given) and has no data or no room now.
> Wait for that descriptor with poll or epoll and call again.

EAGAIN: forks
A limit on the number of processes is reached: RLIMIT_NPROC of the user, pids.max of the cgroup, or that of the system.
> Reap ended children, start fewer at once, or raise the limit.

EAGAIN: futexes
The word no longer held the expected value when the call looked at it, so there was nothing to wait for.
> Nothing: the lock library reads the word again. It is a normal part of locking.

EAGAIN: semops
IPC_NOWAIT was given and the operation would have to wait, or the time limit of semtimedop passed.
> Try again later, or wait without IPC_NOWAIT.

EAGAIN: msgsnd
IPC_NOWAIT was given and the queue is full.
> Let a receiver take messages, or wait without IPC_NOWAIT.

EAGAIN: mq_timedsend mq_timedreceive
The queue was opened with O_NONBLOCK and is full (for sending) or empty (for receiving).
> Wait for it with poll or mq_notify, or open the queue without O_NONBLOCK.

EAGAIN: fcntl
Another process holds a lock that conflicts with the one that was asked for.
> Try again later, or wait for it with F_SETLKW.

EAGAIN: flock
LOCK_NB was given and somebody else holds the lock.
> For a PID file this means that another instance runs. Otherwise try later or wait without LOCK_NB.

EAGAIN: rt_sigtimedwait
The time limit passed and none of the signals came.
> Treat it as a timeout and wait again if needed.

EAGAIN: mlock mlock2 mlockall
Some of the memory could not be locked.
> Lock less memory or raise RLIMIT_MEMLOCK.

EAGAIN: mremap
The mapping is locked and growing it would pass RLIMIT_MEMLOCK.
> Unlock it, grow by less, or raise the limit.

EAGAIN: setuid setreuid setresuid
The kernel could not change the user for now; older kernels gave this error when the new user had too many processes.
> Check the result always: going on would keep the old privileges.

EAGAIN: timer_create
The kernel could not allocate the timer for now.
> Delete timers that are not needed and try again.

EAGAIN: getrandom
GRND_NONBLOCK was given and the random source is not ready yet.
> Try again later.

EAGAIN: any
The call would have to wait, or a resource is short for now.
> Wait until it is ready, with poll or epoll where it is a descriptor, and try again.

EINTR: reads receives writes sends accepts
A handler without SA_RESTART ran before any byte or connection was transferred; a socket with a time limit never restarts.
> Call it again in a loop while errno is EINTR, or install the handler with SA_RESTART.

EINTR: opens
A signal handler ran while the open waited, most likely for the other end of a FIFO.
> Open it again, or install the handler with SA_RESTART.

EINTR: connect
A signal handler ran while the connection was being made; the connection goes on in the background.
> Don't call connect again: wait until it is writable with poll, then read SO_ERROR.

EINTR: close
A signal handler ran while close worked. On Linux the descriptor is closed nevertheless.
> Don't close it again: the number may already belong to another file.

EINTR: waits
A signal handler without SA_RESTART ran while the call waited for a child.
> Call it again in a loop while errno is EINTR.

EINTR: polls
A signal handler ran, or the process was stopped and continued. These calls never restart, not even with SA_RESTART.
> Call it again, with the time limit that is left.

EINTR: sleeps
A signal handler ran before the time was over; SA_RESTART does not help here.
> Sleep again for the time that is left (the last argument), or use TIMER_ABSTIME.

EINTR: pause rt_sigsuspend sigsuspend
A signal handler ran. This is the only way in which the call ends.
> Nothing: look at what the handler noted and go on.

EINTR: rt_sigtimedwait
A handler ran for a signal that is not in the set.
> Wait again.

EINTR: futexes
A signal handler ran, or the wait woke up without reason.
> Call it again: sem_wait and the like report EINTR, mutexes retry by themselves.

EINTR: semops msgsnd msgrcv
A signal handler ran while the call waited. System V calls never restart, not even with SA_RESTART.
> Call it again in a loop while errno is EINTR.

EINTR: mq_timedsend mq_timedreceive
A signal handler without SA_RESTART ran while the call waited.
> Call it again in a loop while errno is EINTR.

EINTR: fcntl flock
A signal handler ran while the call waited for the lock.
> Ask for the lock again, unless the signal was meant to end the wait.

EINTR: rt_sigreturn
Not this call's own error: a handler has ended, and the call that it interrupted now returns EINTR.
> Look at the call before the signal: it should be retried.

EINTR: restart_syscall
A handler ran while a timed call was being continued; the first call returns EINTR.
> Retry that call with the time that is left.

EINTR: any
A signal handler ran while the call waited.
> Call it again in a loop while errno is EINTR, or install the handler with SA_RESTART.

ETIMEDOUT: connect
The other machine gave no answer: it is down, or a firewall drops the packets.
> Close the socket and try later or elsewhere. For a shorter limit, connect non-blocking and poll.

ETIMEDOUT: reads receives
The connection broke without a word: keep-alive probes or sent data stayed unanswered.
> Close the socket and connect anew.

ETIMEDOUT: writes sends
The peer no longer acknowledges what was sent.
> Close the socket and connect anew.

ETIMEDOUT: futexes
The time limit of a lock, a condition or a semaphore passed.
> Treat it as a timeout: check the condition and decide whether to wait on.

ETIMEDOUT: mq_timedsend mq_timedreceive
The time limit passed while the queue was full (for sending) or empty (for receiving).
> Treat it as a timeout. Note that the limit is a point in time, not a duration.

ETIMEDOUT: any
The time ran out before it happened.
> Decide whether to try again or to give up.

EINPROGRESS: connect
The socket is non-blocking and the connection is on its way. This is the normal answer.
> Wait until the socket is writable with poll or epoll, then read SO_ERROR for the outcome.

EINPROGRESS: any
The operation has begun and goes on in the background.
> Wait for its end before doing it again.

EALREADY: connect
The socket is non-blocking and an earlier connect is still on its way.
> Don't call connect again: wait until the socket is writable, then read SO_ERROR.

EALREADY: any
The same operation is already under way.
> Wait for its end.

EDEADLK: fcntl
Waiting for this lock would close a circle: its holder waits for a lock of this process.
> Release what is held and start again; take locks in one fixed order.

EDEADLK: futex
The lock belongs to the calling thread already, or the kernel found a circle of waiting threads.
> Don't lock it twice in one thread; take locks in one fixed order.

EDEADLK: any
Waiting would never end, because the holder waits for the caller.
> Take locks in one fixed order.

ECHILD: waits
No child matches: it was waited for already, it is not this process's child, or SIGCHLD is ignored and the kernel reaps.
> Stop waiting. With SIGCHLD set to SIG_IGN or SA_NOCLDWAIT, exit codes are lost: set a handler to get them.

ECANCELED: any
The operation was cancelled, by the program or because what it depended on failed.
> Find who cancelled it; for a timerfd, the clock was set.
`;
