/**
 * Calls by which threads and processes wait for each other, the class "sync" (format: syscallTable.ts): futexes, System V
 * semaphores and file locks. Semaphores are here and not in "ipc" because they carry no data; fcntl locks are in file.ts.
 */

export const syncTable = `
futex(uaddr, futex_op, val, timeout, uaddr2, val3) = count "the waiters woken or moved; 0 after a wait", waits: Waits on, or wakes waiters of, a word in memory.
futex_wait(uaddr, val, mask, flags, timeout, clockid) = zero, waits, man futex(2): Waits while a word in memory holds a value.
futex_wake(uaddr, mask, nr, flags) = count "the waiters woken", man futex(2): Wakes waiters of a word in memory.
futex_requeue(waiters, flags, nr_wake, nr_requeue) = count "the waiters woken or moved", man futex(2): Moves waiters of one word to another.
futex_waitv(waiters, nr_futexes, flags, timeout, clockid) = value "the index of the word that was woken", waits, man futex(2): Waits on several words at once.
semget(key, nsems, semflg) = id "a semaphore set": Finds or creates a set of System V semaphores.
semop(semid, sops, nsops) = zero, waits: Raises or lowers semaphores of a set, and waits until it can.
semtimedop(semid, sops, nsops, timeout) = zero, waits, man semop(2): Raises or lowers semaphores with a limit on the wait.
semctl(semid, semnum, cmd, arg) = value "the value asked for, or 0": Reads, sets or removes a set of semaphores.
flock(fd*, operation) = zero, waits: Locks or unlocks a whole open file; dup and fork share the lock.
`;
