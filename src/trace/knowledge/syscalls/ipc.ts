/**
 * Calls by which processes hand each other data, the class "ipc" (format: syscallTable.ts): pipes, event counters, message
 * queues and shared segments. Sockets are in network.ts, semaphores in sync.ts, shared file mappings in memory.ts.
 */

export const ipcTable = `
pipe(pipefd) = zero: Creates a pipe: a read end and a write end.
pipe2(pipefd, flags) = zero, man pipe(2): Creates a pipe whose ends get flags such as close-on-exec.
eventfd(initval) = fd: Creates a counter to signal events through a descriptor.
eventfd2(initval, flags) = fd, man eventfd(2): Creates an event counter behind a descriptor, with flags.

# System V
msgget(key, msgflg) = id "a message queue": Finds or creates a System V message queue.
msgsnd(msqid, msgp, msgsz, msgflg) = zero, waits, man msgop(2): Puts a message into a System V queue, and waits while it is full.
msgrcv(msqid, msgp, msgsz, msgtyp, msgflg) = bytes, waits, man msgop(2): Takes a message of a wanted type from a System V queue.
msgctl(msqid, cmd, buf) = value "0, or an index or id": Reads, changes or removes a System V message queue.
shmget(key, size, shmflg) = id "a shared segment": Finds or creates a System V shared memory segment.
shmat(shmid, shmaddr, shmflg) = address, man shmop(2): Attaches a shared segment to the address space.
shmdt(shmaddr) = zero, man shmop(2): Detaches a shared segment from the address space.
shmctl(shmid, cmd, buf) = value "0, or an index or id": Reads, changes or marks a shared segment for removal.
ipc(call, first, second, third, ptr, fifth) = value "what the System V operation gives", waits: Makes any System V ipc call; 32-bit programs use this one entry.

# POSIX message queues
mq_open(name, oflag, mode, attr) = fd, man mq_open(3): Opens or creates a POSIX message queue.
mq_timedsend(mqdes*, msg_ptr, msg_len, msg_prio, abs_timeout) = zero, waits, man mq_send(3): Puts a message into a POSIX queue, and waits while it is full.
mq_timedreceive(mqdes*, msg_ptr, msg_len, msg_prio, abs_timeout) = bytes, waits, man mq_receive(3): Takes the oldest message of highest priority from a POSIX queue.
mq_notify(mqdes*, sevp) = zero, man mq_notify(3): Asks for a notice when a message reaches an empty queue.
mq_getsetattr(mqdes*, newattr, oldattr) = zero: Reads and changes the attributes of a POSIX queue.
mq_unlink(name) = zero, man mq_unlink(3): Removes the name of a POSIX message queue.
`;
