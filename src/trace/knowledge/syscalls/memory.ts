/** Calls that shape the address space, the class "memory" (format: syscallTable.ts). Shared segments by key are in ipc.ts. */

export const memoryTable = `
mmap(addr, length, prot, flags, fd*, offset) = address: Maps a file or fresh zeroed memory into the address space.
munmap(addr, length) = zero, man mmap(2): Removes mappings from a range of addresses.
mremap(old_address, old_size, new_size, flags, new_address) = address: Grows, shrinks or moves a mapping.
mprotect(addr, len, prot) = zero: Changes what may be done with pages: read, write, execute.
pkey_mprotect(addr, len, prot, pkey) = zero, man mprotect(2): Changes the protection of pages and ties them to a protection key.
pkey_alloc(flags, access_rights) = id "a protection key": Allocates a memory protection key.
pkey_free(pkey) = zero, man pkey_alloc(2): Frees a memory protection key.
madvise(addr, length, advice) = zero: Tells the kernel how a range of memory will be used.
process_madvise(pidfd*, iovec, vlen, advice, flags) = bytes: Gives memory advice on behalf of another process.
brk(addr) = address: Moves the end of the heap, or tells where it is.
msync(addr, length, flags) = zero, waits: Writes changed pages of a shared file mapping back to the file.
mincore(addr, length, vec) = zero: Tells which pages of a range are in memory.
mlock(addr, len) = zero: Keeps a range of memory from being swapped out.
mlock2(addr, len, flags) = zero, man mlock(2): Keeps a range of memory resident, at once or as it is touched.
munlock(addr, len) = zero, man mlock(2): Lets a locked range be swapped out again.
mlockall(flags) = zero, man mlock(2): Keeps all memory of the process resident.
munlockall() = zero, man mlock(2): Lets all memory of the process be swapped out again.
mseal(addr, size, flags) = zero: Seals a range so that its mapping cannot be changed any more.
remap_file_pages(addr, size, prot, pgoff, flags) = zero: Rearranges the pages of a shared file mapping; obsolete.
memfd_create(name, flags) = fd: Creates a nameless file that lives in memory.
memfd_secret(flags) = fd: Creates memory that even the kernel does not map.
userfaultfd(flags) = fd: Creates a descriptor through which a program handles page faults itself.
membarrier(cmd, flags, cpu_id) = value "the supported commands for a query, else 0": Makes memory accesses of other threads ordered.
mbind(addr, len, mode, nodemask, maxnode, flags) = zero: Binds a range of memory to memory nodes.
get_mempolicy(mode, nodemask, maxnode, addr, flags) = zero: Tells the memory node policy of a thread or address.
set_mempolicy(mode, nodemask, maxnode) = zero: Sets on which nodes a thread's memory is allocated.
set_mempolicy_home_node(start, size, home_node, flags) = zero, man mbind(2): Prefers one node for a range of memory.
migrate_pages(pid, maxnode, old_nodes, new_nodes) = count "the pages that could not be moved": Moves all pages of a process to other memory nodes.
move_pages(pid, count, pages, nodes, status, flags) = count "the pages that were not moved": Moves single pages to memory nodes, or tells where they are.
swapon(path, swapflags) = zero: Starts to use a file or device as swap space.
swapoff(path) = zero, waits, man swapon(2): Stops using a swap space, after bringing its pages back.
`;
