/**
 * Calls about the machine, the kernel and its modules, keys and tracing, the class "other" (format: syscallTable.ts), and
 * the numbers that Linux reserves without doing anything.
 */

export const otherTable = `
uname(buf) = zero: Tells the system's name, release and machine type.
sysinfo(info) = zero: Tells uptime, load and memory of the system.
getrandom(buf, buflen, flags) = bytes, waits: Fills memory with random bytes.
syslog(type, bufp, len) = value "a number of bytes, or 0", waits: Reads or controls the kernel's message log.
reboot(magic, magic2, cmd, arg) = zero: Restarts or halts the system, or arms Ctrl-Alt-Del.
_sysctl(args) = zero, man sysctl(2): Reads and writes kernel settings; removed in Linux 5.5.
perf_event_open(attr, pid, cpu, group_fd, flags) = fd: Opens a performance counter or trace event.
bpf(cmd, attr, size) = value "a descriptor, or 0": Loads programs into the kernel and works on their maps.
landlock_create_ruleset(attr, size, flags) = fd: Creates a set of rules for a sandbox.
landlock_add_rule(ruleset_fd*, rule_type, rule_attr, flags) = zero: Adds a rule to a sandbox's set.
landlock_restrict_self(ruleset_fd*, flags) = zero: Puts this thread into a sandbox for good.
lsm_get_self_attr(attr, ctx, size, flags) = count "the number of attributes stored", man syscalls(2): Reads this process's labels of the security modules.
lsm_set_self_attr(attr, ctx, size, flags) = zero, man syscalls(2): Sets a label of this process in a security module.
lsm_list_modules(ids, size, flags) = count "the number of module ids stored", man syscalls(2): Lists the active security modules.

# Keys
add_key(type, description, payload, plen, keyring) = id "a key": Adds a key to the kernel's keyrings.
request_key(type, description, callout_info, dest_keyring) = id "a key", waits: Asks for a key, and may start a helper program to make it.
keyctl(operation, arg2, arg3, arg4, arg5) = value "what the operation gives": Reads and changes keys and keyrings.

# Modules and other kernels
init_module(module_image, len, param_values) = zero: Loads a kernel module from memory.
finit_module(fd*, param_values, flags) = zero, man init_module(2): Loads a kernel module from a file.
delete_module(name, flags) = zero: Unloads a kernel module.
create_module(name, size) = address: Reserves room for a kernel module; removed in Linux 2.6.
get_kernel_syms(table) = count "the number of symbols": Lists symbols of the kernel; removed in Linux 2.6.
query_module(name, which, buf, bufsize, ret) = zero: Asks about kernel modules; removed in Linux 2.6.
kexec_load(entry, nr_segments, segments, flags) = zero: Loads another kernel to start later.
kexec_file_load(kernel_fd*, initrd_fd, cmdline_len, cmdline, flags) = zero, man kexec_load(2): Loads another kernel from files to start later.
uselib(library) = zero: Loads a shared library of the a.out kind; obsolete.

# Access to hardware
iopl(level) = zero: Sets this thread's privilege for input and output ports.
ioperm(from, num, turn_on) = zero: Allows or forbids single input and output ports.
vm86(fn, v86) = value "why virtual 8086 mode was left": Enters virtual 8086 mode.
vm86old(info) = value "why virtual 8086 mode was left", man vm86(2): Enters virtual 8086 mode, the first form of the call.
uretprobe() = value "the probed function's return value": Serves a probe at a function's return; only the kernel's own code calls it.
uprobe() = value "a register of the probed code", man syscalls(2): Serves a probe inside a function; only the kernel's own code calls it.

# Older forms of 32-bit programs, and calls of other processors
nice(inc) = zero: Changes the nice value of this process.
ftime(tp) = zero, man unimplemented(2): Stands for a call for the time that Linux does not have.
cacheflush(addr, nbytes, cache) = zero: Makes instruction and data caches agree over a range of memory.
set_tls(tls) = zero, man syscalls(2): Sets the thread pointer on ARM.
breakpoint() = zero, man syscalls(2): Raises a breakpoint trap on ARM.
riscv_flush_icache(start, end, flags) = zero, man syscalls(2): Makes new code visible to instruction fetches on RISC-V.
riscv_hwprobe(pairs, pair_count, cpusetsize, cpus, flags) = zero, man syscalls(2): Tells features of RISC-V processors.
`;
