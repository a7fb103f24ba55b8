/**
 * Calls that wait on many descriptors at once, the class "wait" (format: syscallTable.ts). Waiting for a child is in
 * process.ts, for a signal in signal.ts, for time in time.ts, for a lock in sync.ts.
 */

export const waitTable = `
select(nfds, readfds, writefds, exceptfds, timeout) = count "the number of ready descriptors", waits: Waits until one of three sets of descriptors has something ready.
pselect6(nfds, readfds, writefds, exceptfds, timeout, sigmask) = count "the number of ready descriptors", waits, man pselect(2): Waits like select, with a signal mask for the wait.
poll(fds, nfds, timeout) = count "the number of entries with events", waits: Waits until a descriptor of an array is ready.
ppoll(fds, nfds, tmo_p, sigmask, sigsetsize) = count "the number of entries with events", waits, man poll(2): Waits like poll, with a finer time limit and a signal mask.
epoll_create(size) = fd: Creates an epoll instance; the size is no longer used.
epoll_create1(flags) = fd, man epoll_create(2): Creates an epoll instance, close-on-exec if asked.
epoll_ctl(epfd, op, fd*, event) = zero: Adds, changes or removes a descriptor in an epoll interest list.
epoll_wait(epfd*, events, maxevents, timeout) = count "the number of events stored", waits: Waits for events on an epoll instance.
epoll_pwait(epfd*, events, maxevents, timeout, sigmask, sigsetsize) = count "the number of events stored", waits, man epoll_wait(2): Waits for epoll events under a temporary signal mask.
epoll_pwait2(epfd*, events, maxevents, timeout, sigmask, sigsetsize) = count "the number of events stored", waits, man epoll_wait(2): Waits for epoll events with a time limit in nanoseconds.
epoll_ctl_old(epfd, op, fd*, event) = zero, man unimplemented(2): Stands for an epoll_ctl that was never finished; fails with ENOSYS.
epoll_wait_old(epfd*, events, maxevents, timeout) = zero, man unimplemented(2): Stands for an epoll_wait that was never finished; fails with ENOSYS.
`;
