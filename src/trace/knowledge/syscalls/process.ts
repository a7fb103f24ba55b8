/**
 * Calls that make, change, wait for and end processes and threads, their ids, credentials, limits, scheduling and
 * namespaces (format: syscallTable.ts). Signals are in signal.ts.
 */

export const processTable = `
# Birth and death
fork() = pid: Creates a child process; it returns twice, with 0 in the child.
vfork() = pid, waits: Creates a child that borrows the parent's memory; the parent stands still until it execs or exits.
clone(flags, stack, parent_tid, child_tid, tls) = pid: Creates a process or thread that shares what its flags say.
clone3(cl_args, size) = pid, man clone(2): Creates a process or thread from a structure of options.
execve(pathname, argv, envp) = zero: Replaces the program of this process; on success the old program is gone.
execveat(dirfd, pathname, argv, envp, flags) = zero: Replaces the program by one whose path starts at a directory descriptor.
exit(status) = never, man _exit(2): Ends this thread only.
exit_group(status) = never: Ends the process with all its threads.
wait4(pid, wstatus, options, rusage) = pid, waits, man wait4(2): Waits until a child changes state, says how, and reaps the dead one.
waitid(idtype, id, infop, options, rusage) = zero, waits, man wait(2): Waits until a chosen child changes state, and can leave it unreaped.
pidfd_open(pid, flags) = fd: Opens a descriptor that stands for a process and becomes readable when it ends.
pidfd_getfd(pidfd*, targetfd, flags) = fd: Copies a descriptor out of another process.
process_mrelease(pidfd*, flags) = zero, man process_madvise(2): Frees the memory of a dying process at once.

# Ids, groups and sessions
getpid() = pid: Tells the id of this process.
gettid() = pid: Tells the id of this thread.
getppid() = pid, man getpid(2): Tells the id of the parent process.
getpgid(pid) = pid, man setpgid(2): Tells the process group of a process.
getpgrp() = pid, man setpgid(2): Tells the process group of this process.
setpgid(pid, pgid) = zero: Moves a process into a process group, or makes it the leader of a new one.
getsid(pid) = pid: Tells the session of a process.
setsid() = pid: Starts a new session without a controlling terminal and makes the caller its leader.
vhangup() = zero: Hangs up the terminal of this process.
set_tid_address(tidptr) = pid: Names the word that the kernel clears and wakes when this thread ends.

# Credentials
getuid() = id "the real user id": Tells the real user id.
geteuid() = id "the effective user id", man getuid(2): Tells the effective user id.
getgid() = id "the real group id": Tells the real group id.
getegid() = id "the effective group id", man getgid(2): Tells the effective group id.
getresuid(ruid, euid, suid) = zero: Tells the real, effective and saved user ids.
getresgid(rgid, egid, sgid) = zero, man getresuid(2): Tells the real, effective and saved group ids.
setuid(uid) = zero: Sets the effective user id; with privilege, the real and saved ones too.
setgid(gid) = zero: Sets the effective group id; with privilege, the real and saved ones too.
setreuid(ruid, euid) = zero: Sets the real and effective user ids.
setregid(rgid, egid) = zero, man setreuid(2): Sets the real and effective group ids.
setresuid(ruid, euid, suid) = zero: Sets the real, effective and saved user ids.
setresgid(rgid, egid, sgid) = zero, man setresuid(2): Sets the real, effective and saved group ids.
setfsuid(fsuid) = id "the previous filesystem user id": Sets the user id that file access is checked with.
setfsgid(fsgid) = id "the previous filesystem group id": Sets the group id that file access is checked with.
getgroups(size, list) = count "the number of supplementary groups": Lists the supplementary groups.
setgroups(size, list) = zero, man getgroups(2): Replaces the list of supplementary groups.
capget(hdrp, datap) = zero: Reads a thread's capabilities.
capset(hdrp, datap) = zero, man capget(2): Changes this thread's capabilities.

# Settings of a process or thread
prctl(option, arg2, arg3, arg4, arg5) = value "what the operation gives, often 0": Reads or changes a setting of this thread or process.
arch_prctl(code, addr) = zero: Sets or reads state of the processor for this thread, such as the thread pointer.
personality(persona) = value "the previous personality": Chooses quirks in how the kernel treats this process.
set_robust_list(head, len) = zero, man get_robust_list(2): Names the list of robust locks to release if this thread dies.
get_robust_list(pid, head_ptr, len_ptr) = zero: Tells where a thread keeps its list of robust locks.
rseq(rseq, rseq_len, flags, sig) = zero: Registers memory for code sections that restart when the thread is preempted.
rseq_slice_yield() = value "1 when the granted extra time was given back, else 0", man rseq(2): Gives the processor back early after an extended time slice.
seccomp(operation, flags, args) = value "0, or a descriptor or id for some operations": Restricts which system calls this thread may make.
set_thread_area(u_info) = zero: Sets a thread-local storage entry of a 32-bit thread.
get_thread_area(u_info) = zero, man set_thread_area(2): Reads a thread-local storage entry of a 32-bit thread.
modify_ldt(func, ptr, bytecount) = value "the bytes read, or 0": Reads or changes the process's local descriptor table.
map_shadow_stack(addr, size, flags) = address: Maps a shadow stack that guards return addresses.
unshare(flags) = zero: Gives the caller private copies of things it shared, or new namespaces.
setns(fd*, nstype) = zero: Moves the caller into an existing namespace.
listns(req, ns_ids, nr_ns_ids, flags) = count "the number of namespace ids stored", man syscalls(2): Lists the ids of namespaces.
ptrace(request, pid, addr, data) = value "0, or the word read by a peek", waits: Watches and controls another thread, as debuggers and tracers do.
process_vm_readv(pid, local_iov, liovcnt, remote_iov, riovcnt, flags) = bytes: Reads the memory of another process.
process_vm_writev(pid, local_iov, liovcnt, remote_iov, riovcnt, flags) = bytes, man process_vm_readv(2): Writes into the memory of another process.
acct(filename) = zero: Turns the kernel's record of ended processes on or off.

# Limits and use
getrlimit(resource, rlim) = zero: Reads a limit of this process.
setrlimit(resource, rlim) = zero, man getrlimit(2): Changes a limit of this process.
prlimit64(pid, resource, new_limit, old_limit) = zero, man prlimit(2): Reads and changes a limit of a process.
getrusage(who, usage) = zero: Tells the processor time and memory used so far.

# Scheduling
sched_yield() = zero: Lets another ready thread run first.
sched_setaffinity(pid, cpusetsize, mask) = zero: Chooses the processors that a thread may run on.
sched_getaffinity(pid, cpusetsize, mask) = bytes, man sched_setaffinity(2): Tells which processors a thread may run on.
sched_setscheduler(pid, policy, param) = zero: Sets the scheduling policy and priority of a thread.
sched_getscheduler(pid) = value "the policy's number", man sched_setscheduler(2): Tells the scheduling policy of a thread.
sched_setparam(pid, param) = zero: Sets the real-time priority of a thread.
sched_getparam(pid, param) = zero, man sched_setparam(2): Tells the real-time priority of a thread.
sched_setattr(pid, attr, flags) = zero: Sets policy, priority and deadline parameters of a thread.
sched_getattr(pid, attr, size, flags) = zero, man sched_setattr(2): Tells policy, priority and deadline parameters of a thread.
sched_get_priority_max(policy) = value "the highest priority of that policy": Tells the highest priority of a scheduling policy.
sched_get_priority_min(policy) = value "the lowest priority of that policy", man sched_get_priority_max(2): Tells the lowest priority of a scheduling policy.
sched_rr_get_interval(pid, tp) = zero: Tells the time slice of a round-robin thread.
getpriority(which, who) = value "20 minus the nice value, as the kernel returns it": Tells the nice value of processes.
setpriority(which, who, prio) = zero, man getpriority(2): Sets the nice value of processes.
ioprio_get(which, who) = value "class and level of the disk priority", man ioprio_set(2): Tells the disk priority of threads.
ioprio_set(which, who, ioprio) = zero: Sets the disk priority of threads.
getcpu(cpu, node, tcache) = zero: Tells which processor and memory node the thread runs on.
`;
