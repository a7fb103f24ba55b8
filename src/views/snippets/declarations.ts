/**
 * Which header declares what, by the man pages of sections 2 and 3: the system calls and what C programs use around them. Every entry is
 * held against the C library by a test (test/snippets). Pure data.
 */

/** Names by the header that a program should include for them; `+name` is declared with _GNU_SOURCE only, `struct x` is a tag. */
const byHeader: Record<string, string> = {
  '<aio.h>': 'aio_read aio_write aio_error aio_return aio_suspend aio_cancel lio_listio struct_aiocb',
  '<arpa/inet.h>': 'htonl htons ntohl ntohs inet_pton inet_ntop inet_addr inet_ntoa',
  '<assert.h>': 'assert',
  '<dirent.h>': 'DIR opendir fdopendir readdir closedir rewinddir scandir struct_dirent',
  '<errno.h>': [
    'errno E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EAFNOSUPPORT EAGAIN EALREADY EBADF EBADMSG EBUSY ECANCELED ECHILD ECONNABORTED',
    'ECONNREFUSED ECONNRESET EDEADLK EDESTADDRREQ EDOM EDQUOT EEXIST EFAULT EFBIG EHOSTDOWN EHOSTUNREACH EIDRM EILSEQ EINPROGRESS',
    'EINTR EINVAL EIO EISCONN EISDIR ELOOP EMFILE EMLINK EMSGSIZE ENAMETOOLONG ENETDOWN ENETUNREACH ENFILE ENOBUFS ENODATA ENODEV',
    'ENOENT ENOEXEC ENOLCK ENOMEM ENOMSG ENOPROTOOPT ENOSPC ENOSYS ENOTCONN ENOTDIR ENOTEMPTY ENOTSOCK ENOTSUP ENOTTY ENXIO',
    'EOPNOTSUPP EOVERFLOW EPERM EPIPE EPROTO EPROTONOSUPPORT EPROTOTYPE ERANGE EROFS ESPIPE ESRCH ESTALE ETIME ETIMEDOUT',
    'ETXTBSY EWOULDBLOCK EXDEV +program_invocation_name +program_invocation_short_name',
  ].join(' '),
  '<fcntl.h>': [
    'open openat creat fcntl posix_fadvise posix_fallocate +fallocate +splice +tee +vmsplice +sync_file_range struct_flock AT_FDCWD',
    'AT_SYMLINK_NOFOLLOW AT_REMOVEDIR FD_CLOEXEC F_DUPFD F_DUPFD_CLOEXEC F_GETFD F_GETFL F_GETLK F_RDLCK F_SETFD F_SETFL F_SETLK',
    'F_SETLKW F_SETOWN F_UNLCK F_WRLCK O_ACCMODE O_APPEND O_ASYNC O_CLOEXEC O_CREAT O_DIRECTORY O_DSYNC O_EXCL O_NOCTTY O_NOFOLLOW',
    'O_NONBLOCK O_RDONLY O_RDWR O_SYNC O_TRUNC O_WRONLY +O_DIRECT +O_PATH +O_TMPFILE +F_OFD_SETLK +F_OFD_SETLKW +F_OFD_GETLK',
    '+F_GETPIPE_SZ +F_SETPIPE_SZ +F_SETSIG +F_SETLEASE +F_ADD_SEALS +SPLICE_F_MOVE +SPLICE_F_MORE +SPLICE_F_NONBLOCK +SPLICE_F_GIFT',
  ].join(' '),
  '<inttypes.h>': 'PRId64 PRIu64 PRIx64 PRIu32 PRIuPTR PRIxPTR strtoimax strtoumax',
  '<limits.h>':
    'INT_MAX INT_MIN UINT_MAX LONG_MAX LONG_MIN ULONG_MAX LLONG_MAX SSIZE_MAX PATH_MAX NAME_MAX PIPE_BUF CHAR_BIT +IOV_MAX',
  '<linux/futex.h>': 'FUTEX_WAIT FUTEX_WAKE FUTEX_WAIT_PRIVATE FUTEX_WAKE_PRIVATE',
  '<mqueue.h>':
    'mqd_t mq_open mq_close mq_unlink mq_send mq_receive mq_timedsend mq_timedreceive mq_notify mq_getattr mq_setattr struct_mq_attr',
  '<netdb.h>':
    'getaddrinfo freeaddrinfo getnameinfo gai_strerror struct_addrinfo AI_PASSIVE AI_NUMERICHOST AI_NUMERICSERV NI_NUMERICHOST NI_NUMERICSERV NI_MAXHOST NI_MAXSERV',
  '<netinet/in.h>':
    'struct_sockaddr_in struct_sockaddr_in6 struct_in_addr INADDR_ANY INADDR_LOOPBACK INADDR_NONE INET_ADDRSTRLEN INET6_ADDRSTRLEN in6addr_any in6addr_loopback IPPROTO_TCP IPPROTO_UDP IPPROTO_IPV6 IPV6_V6ONLY',
  '<netinet/tcp.h>':
    'TCP_NODELAY TCP_CORK TCP_DEFER_ACCEPT TCP_KEEPIDLE TCP_KEEPINTVL TCP_KEEPCNT TCP_FASTOPEN TCP_USER_TIMEOUT',
  '<poll.h>': 'poll +ppoll nfds_t struct_pollfd POLLIN POLLOUT POLLPRI POLLERR POLLHUP POLLNVAL +POLLRDHUP',
  '<pthread.h>': [
    'pthread_t pthread_attr_t pthread_mutex_t pthread_mutexattr_t pthread_cond_t pthread_rwlock_t pthread_spinlock_t pthread_barrier_t',
    'pthread_key_t pthread_once_t pthread_create pthread_join pthread_detach pthread_exit pthread_self pthread_equal pthread_cancel',
    'pthread_once pthread_atfork pthread_attr_init pthread_attr_destroy pthread_attr_setdetachstate pthread_attr_setstacksize',
    'pthread_mutex_init pthread_mutex_destroy pthread_mutex_lock pthread_mutex_trylock pthread_mutex_timedlock pthread_mutex_unlock',
    'pthread_mutexattr_init pthread_mutexattr_settype pthread_mutexattr_setpshared pthread_mutexattr_setrobust pthread_cond_init',
    'pthread_cond_destroy pthread_cond_wait pthread_cond_timedwait pthread_cond_signal pthread_cond_broadcast pthread_rwlock_init',
    'pthread_rwlock_rdlock pthread_rwlock_wrlock pthread_rwlock_unlock pthread_rwlock_destroy pthread_spin_init pthread_spin_lock',
    'pthread_spin_unlock pthread_barrier_init pthread_barrier_wait pthread_key_create pthread_setspecific pthread_getspecific',
    'PTHREAD_MUTEX_INITIALIZER PTHREAD_COND_INITIALIZER PTHREAD_RWLOCK_INITIALIZER PTHREAD_ONCE_INIT PTHREAD_PROCESS_SHARED',
    'PTHREAD_MUTEX_RECURSIVE PTHREAD_MUTEX_ERRORCHECK PTHREAD_CREATE_DETACHED +pthread_setname_np +pthread_setaffinity_np',
  ].join(' '),
  '<sched.h>': [
    'sched_yield sched_setscheduler sched_getscheduler sched_setparam struct_sched_param SCHED_FIFO SCHED_RR SCHED_OTHER +clone +unshare',
    '+setns +sched_setaffinity +sched_getaffinity +sched_getcpu cpu_set_t +CPU_SET +CPU_ZERO +CPU_COUNT +CLONE_FILES +CLONE_FS',
    '+CLONE_NEWCGROUP +CLONE_NEWIPC +CLONE_NEWNET +CLONE_NEWNS +CLONE_NEWPID +CLONE_NEWUSER +CLONE_NEWUTS +CLONE_PARENT',
    '+CLONE_SIGHAND +CLONE_SYSVSEM +CLONE_THREAD +CLONE_VFORK +CLONE_VM',
  ].join(' '),
  '<semaphore.h>':
    'sem_t sem_open sem_close sem_unlink sem_init sem_destroy sem_wait sem_trywait sem_timedwait sem_post sem_getvalue SEM_FAILED',
  '<setjmp.h>': 'jmp_buf sigjmp_buf setjmp longjmp sigsetjmp siglongjmp',
  '<signal.h>': [
    'sig_atomic_t siginfo_t stack_t signal sigaction struct_sigaction sigemptyset sigfillset sigaddset sigdelset sigismember sigprocmask',
    'pthread_sigmask pthread_kill sigpending sigsuspend sigwait sigwaitinfo sigtimedwait sigqueue sigaltstack kill killpg raise',
    'siginterrupt psignal +sighandler_t union_sigval struct_sigevent SIG_BLOCK SIG_UNBLOCK SIG_SETMASK SIG_DFL SIG_IGN SIG_ERR',
    'SA_NOCLDSTOP SA_NOCLDWAIT SA_NODEFER SA_ONSTACK SA_RESETHAND SA_RESTART SA_SIGINFO SIGABRT SIGALRM SIGBUS SIGCHLD SIGCONT',
    'SIGFPE SIGHUP SIGILL SIGINT SIGIO SIGKILL SIGPIPE SIGPROF SIGQUIT SIGRTMAX SIGRTMIN SIGSEGV SIGSTOP SIGSYS SIGTERM SIGTRAP',
    'SIGTSTP SIGTTIN SIGTTOU SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ SIGEV_SIGNAL SIGEV_THREAD CLD_EXITED',
    'CLD_KILLED CLD_DUMPED CLD_STOPPED',
  ].join(' '),
  '<spawn.h>': [
    'posix_spawn posix_spawnp posix_spawn_file_actions_t posix_spawnattr_t posix_spawn_file_actions_init posix_spawn_file_actions_destroy',
    'posix_spawn_file_actions_adddup2 posix_spawn_file_actions_addopen posix_spawn_file_actions_addclose posix_spawnattr_init',
    'posix_spawnattr_destroy posix_spawnattr_setflags posix_spawnattr_setsigmask posix_spawnattr_setsigdefault',
    'posix_spawnattr_setpgroup POSIX_SPAWN_SETPGROUP POSIX_SPAWN_SETSIGDEF POSIX_SPAWN_SETSIGMASK',
  ].join(' '),
  '<stdarg.h>': 'va_list va_start va_end va_arg va_copy',
  '<stdatomic.h>':
    'atomic_int atomic_bool atomic_flag atomic_uint atomic_size_t atomic_load atomic_store atomic_fetch_add atomic_fetch_sub atomic_flag_test_and_set atomic_flag_clear atomic_compare_exchange_strong ATOMIC_FLAG_INIT',
  '<stdbool.h>': 'bool true false',
  '<stddef.h>': 'NULL size_t ptrdiff_t offsetof max_align_t',
  '<stdint.h>':
    'int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t intmax_t uintmax_t INT32_MAX INT64_MAX UINT16_MAX UINT32_MAX UINT64_MAX SIZE_MAX UINTPTR_MAX',
  '<stdio.h>': [
    'FILE stdin stdout stderr EOF BUFSIZ fopen fdopen freopen fclose fflush fileno fread fwrite fgetc fgets fputc fputs getc getchar',
    'putc putchar puts ungetc printf fprintf dprintf snprintf sprintf vprintf vfprintf vsnprintf scanf fscanf sscanf perror setbuf setvbuf',
    'fseek fseeko ftell ftello rewind feof ferror clearerr getline getdelim popen pclose remove rename tmpfile _IOFBF _IOLBF _IONBF',
    '+asprintf +renameat2',
  ].join(' '),
  '<stdlib.h>': [
    'EXIT_FAILURE EXIT_SUCCESS abort atexit exit _Exit malloc calloc realloc free posix_memalign aligned_alloc getenv setenv unsetenv',
    'putenv system mkstemp mkdtemp realpath atoi atol atof strtol strtoul strtoll strtoull strtod qsort bsearch rand srand random',
    'srandom abs labs +ptsname_r +secure_getenv +mkostemp',
  ].join(' '),
  '<string.h>': [
    'memcpy memmove memset memcmp memchr strlen strnlen strcmp strncmp strcpy strncpy strcat strncat strchr strrchr strstr strtok',
    'strtok_r strdup strndup strspn strcspn strpbrk strerror strsignal +strerrorname_np +sigabbrev_np +memmem +mempcpy',
  ].join(' '),
  '<sys/epoll.h>': [
    'epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait struct_epoll_event EPOLL_CLOEXEC EPOLL_CTL_ADD EPOLL_CTL_DEL',
    'EPOLL_CTL_MOD EPOLLIN EPOLLOUT EPOLLPRI EPOLLERR EPOLLHUP EPOLLRDHUP EPOLLET EPOLLONESHOT EPOLLEXCLUSIVE EPOLLWAKEUP',
  ].join(' '),
  '<sys/eventfd.h>': 'eventfd eventfd_t eventfd_read eventfd_write EFD_CLOEXEC EFD_NONBLOCK EFD_SEMAPHORE',
  '<sys/file.h>': 'flock LOCK_EX LOCK_SH LOCK_UN LOCK_NB',
  '<sys/inotify.h>':
    'inotify_init inotify_init1 inotify_add_watch inotify_rm_watch struct_inotify_event IN_CREATE IN_MODIFY IN_DELETE IN_CLOSE_WRITE IN_MOVED_TO IN_CLOEXEC IN_NONBLOCK',
  '<sys/ioctl.h>': 'ioctl FIONREAD FIONBIO TIOCGWINSZ TIOCSCTTY TIOCNOTTY struct_winsize',
  '<sys/ipc.h>': 'ftok key_t IPC_CREAT IPC_EXCL IPC_NOWAIT IPC_PRIVATE IPC_RMID IPC_SET IPC_STAT',
  '<sys/mman.h>': [
    'mmap munmap mprotect msync madvise mlock munlock mlockall munlockall shm_open shm_unlink MAP_FAILED MAP_SHARED MAP_PRIVATE',
    'MAP_ANONYMOUS MAP_FIXED MAP_POPULATE MAP_NORESERVE MAP_LOCKED MAP_HUGETLB PROT_READ PROT_WRITE PROT_EXEC PROT_NONE MS_SYNC MS_ASYNC',
    'MADV_SEQUENTIAL MADV_WILLNEED MADV_DONTNEED +mremap +MREMAP_MAYMOVE +memfd_create +MFD_CLOEXEC',
  ].join(' '),
  '<sys/mount.h>': 'mount umount umount2 MS_BIND MS_PRIVATE MS_REC MS_RDONLY MNT_DETACH',
  '<sys/msg.h>': 'msgget msgsnd msgrcv msgctl struct_msqid_ds MSG_NOERROR +MSG_EXCEPT',
  '<sys/prctl.h>':
    'prctl PR_SET_CHILD_SUBREAPER PR_GET_CHILD_SUBREAPER PR_SET_PDEATHSIG PR_SET_NAME PR_SET_NO_NEW_PRIVS PR_SET_DUMPABLE',
  '<sys/ptrace.h>': 'ptrace PTRACE_TRACEME PTRACE_ATTACH PTRACE_CONT PTRACE_DETACH PTRACE_SYSCALL',
  '<sys/resource.h>': [
    'getrlimit setrlimit getrusage getpriority setpriority struct_rlimit struct_rusage RLIMIT_AS RLIMIT_CORE RLIMIT_CPU RLIMIT_DATA',
    'RLIMIT_FSIZE RLIMIT_MEMLOCK RLIMIT_NOFILE RLIMIT_NPROC RLIMIT_STACK RLIM_INFINITY RUSAGE_SELF RUSAGE_CHILDREN +prlimit',
  ].join(' '),
  '<sys/select.h>': 'select pselect fd_set FD_SET FD_CLR FD_ISSET FD_ZERO FD_SETSIZE',
  '<sys/sem.h>': 'semget semop semctl struct_sembuf SEM_UNDO GETVAL SETVAL SETALL +semtimedop',
  '<sys/sendfile.h>': 'sendfile',
  '<sys/shm.h>': 'shmget shmat shmdt shmctl struct_shmid_ds SHM_RDONLY',
  '<sys/signalfd.h>': 'signalfd struct_signalfd_siginfo SFD_CLOEXEC SFD_NONBLOCK',
  '<sys/socket.h>': [
    'socket socketpair bind listen accept connect send sendto sendmsg recv recvfrom recvmsg shutdown getsockopt setsockopt getsockname',
    'getpeername socklen_t sa_family_t struct_sockaddr struct_sockaddr_storage struct_msghdr struct_cmsghdr struct_linger CMSG_DATA',
    'CMSG_FIRSTHDR CMSG_LEN CMSG_NXTHDR CMSG_SPACE SCM_RIGHTS AF_INET AF_INET6 AF_LOCAL AF_NETLINK AF_PACKET AF_UNIX AF_UNSPEC',
    'PF_INET PF_UNIX SOCK_CLOEXEC SOCK_DGRAM SOCK_NONBLOCK SOCK_RAW SOCK_SEQPACKET SOCK_STREAM SOL_SOCKET SOMAXCONN SO_BROADCAST',
    'SO_ERROR SO_KEEPALIVE SO_LINGER SO_RCVBUF SO_RCVTIMEO SO_REUSEADDR SO_REUSEPORT SO_SNDBUF SO_SNDTIMEO SO_TYPE SO_PEERCRED',
    'SO_ACCEPTCONN SO_INCOMING_CPU MSG_CMSG_CLOEXEC MSG_DONTWAIT MSG_MORE MSG_NOSIGNAL MSG_OOB MSG_PEEK MSG_TRUNC MSG_WAITALL SHUT_RD',
    'SHUT_RDWR SHUT_WR +accept4 +recvmmsg +sendmmsg +struct_ucred +SCM_CREDENTIALS',
  ].join(' '),
  '<sys/stat.h>': [
    'stat fstat lstat fstatat struct_stat chmod fchmod fchmodat mkdir mkdirat mkfifo mkfifoat mknod umask utimensat futimens S_ISBLK',
    'S_ISCHR S_ISDIR S_ISFIFO S_ISLNK S_ISREG S_ISSOCK S_IFMT S_IFREG S_IRUSR S_IWUSR S_IXUSR S_IRWXU S_IRGRP S_IROTH S_ISVTX +statx',
    '+struct_statx +STATX_BASIC_STATS',
  ].join(' '),
  '<sys/statvfs.h>': 'statvfs fstatvfs struct_statvfs',
  '<sys/syscall.h>':
    'SYS_gettid SYS_futex SYS_pidfd_open SYS_clone3 SYS_io_uring_setup SYS_getrandom SYS_write SYS_exit',
  '<sys/time.h>':
    'gettimeofday settimeofday setitimer getitimer utimes struct_itimerval ITIMER_REAL ITIMER_VIRTUAL ITIMER_PROF',
  '<sys/timerfd.h>': 'timerfd_create timerfd_settime timerfd_gettime TFD_CLOEXEC TFD_NONBLOCK TFD_TIMER_ABSTIME',
  '<sys/times.h>': 'times struct_tms',
  '<sys/types.h>': 'pid_t ssize_t off_t mode_t uid_t gid_t dev_t ino_t id_t',
  '<sys/uio.h>': 'readv writev preadv pwritev +process_vm_readv struct_iovec',
  '<sys/un.h>': 'struct_sockaddr_un',
  '<sys/utsname.h>': 'uname struct_utsname',
  '<sys/wait.h>': [
    'wait waitpid waitid wait3 wait4 WNOHANG WUNTRACED WCONTINUED WNOWAIT WEXITED WSTOPPED WIFEXITED WEXITSTATUS WIFSIGNALED',
    'WTERMSIG WIFSTOPPED WSTOPSIG WIFCONTINUED WCOREDUMP P_ALL P_PID P_PGID',
  ].join(' '),
  '<syslog.h>': 'openlog syslog closelog vsyslog LOG_ERR LOG_WARNING LOG_NOTICE LOG_INFO LOG_DEBUG LOG_DAEMON LOG_PID',
  '<termios.h>': 'tcgetattr tcsetattr cfmakeraw tcflush struct_termios TCSANOW TCSAFLUSH ECHO ICANON',
  '<time.h>': [
    'time clock clock_gettime clock_settime clock_getres clock_nanosleep nanosleep difftime localtime localtime_r gmtime gmtime_r',
    'strftime mktime timer_create timer_settime timer_delete timer_t struct_tm struct_itimerspec CLOCK_MONOTONIC CLOCK_REALTIME',
    'CLOCK_PROCESS_CPUTIME_ID CLOCK_THREAD_CPUTIME_ID CLOCKS_PER_SEC TIMER_ABSTIME',
  ].join(' '),
  '<ucontext.h>': 'ucontext_t getcontext setcontext makecontext swapcontext',
  '<unistd.h>': [
    '_exit access alarm brk chdir chown close confstr daemon dup dup2 execl execle execlp execv execve execvp faccessat fchdir',
    'fchown fdatasync fexecve fork fsync ftruncate getcwd getegid geteuid getgid getgroups gethostname getlogin getopt getpagesize',
    'getpgid getpgrp getpid getppid getsid getuid isatty lchown link linkat lockf lseek nice optarg opterr optind pathconf pause',
    'pipe pread pwrite read readlink readlinkat rmdir sbrk setegid seteuid setgid sethostname setpgid setpgrp setregid setreuid setsid',
    'setuid sleep symlink symlinkat sync sysconf tcgetpgrp tcsetpgrp truncate ttyname ttyname_r unlink unlinkat useconds_t usleep vfork write',
    'chroot acct vhangup syscall F_LOCK F_OK F_TLOCK F_ULOCK R_OK W_OK X_OK SEEK_SET SEEK_CUR SEEK_END STDIN_FILENO',
    'STDOUT_FILENO STDERR_FILENO _SC_CLK_TCK _SC_NPROCESSORS_ONLN _SC_OPEN_MAX _SC_PAGESIZE +close_range +copy_file_range +dup3',
    '+environ +execvpe +get_current_dir_name +getresgid +getresuid +gettid +pipe2 +setresgid +setresuid +syncfs +TEMP_FAILURE_RETRY',
  ].join(' '),
};

/** Names that several headers declare: with any of these there, nothing has to be added. */
const alsoIn: Record<string, string> = {
  NULL: '<stdio.h> <stdlib.h> <string.h> <time.h> <unistd.h>',
  size_t:
    '<stdio.h> <stdlib.h> <string.h> <time.h> <unistd.h> <signal.h> <sys/mman.h> <sys/socket.h> <sys/types.h> <sys/uio.h> <sys/msg.h> <sys/sendfile.h>',
  pid_t: '<unistd.h> <signal.h> <sys/wait.h> <sched.h> <spawn.h> <fcntl.h> <termios.h>',
  ssize_t: '<stdio.h> <unistd.h> <sys/socket.h> <sys/uio.h> <sys/msg.h> <aio.h> <mqueue.h> <sys/sendfile.h>',
  off_t: '<stdio.h> <unistd.h> <fcntl.h> <sys/mman.h> <sys/stat.h> <sys/sendfile.h>',
  mode_t: '<fcntl.h> <sys/stat.h> <sys/mman.h> <spawn.h>',
  uid_t: '<unistd.h> <signal.h> <sys/stat.h> <sys/wait.h>',
  gid_t: '<unistd.h> <sys/stat.h>',
  dev_t: '<sys/stat.h>',
  ino_t: '<sys/stat.h>',
  id_t: '<sys/wait.h> <sys/resource.h>',
  key_t: '<sys/types.h> <sys/msg.h> <sys/sem.h> <sys/shm.h>',
  sigset_t: '<signal.h> <sys/select.h> <sys/epoll.h> <sys/signalfd.h> <spawn.h>',
  struct_timespec:
    '<time.h> <signal.h> <sched.h> <pthread.h> <semaphore.h> <mqueue.h> <sys/stat.h> <sys/select.h> <sys/time.h>',
  struct_timeval: '<sys/time.h> <sys/select.h> <sys/resource.h> <sys/types.h>',
  time_t: '<time.h> <sys/types.h> <sys/stat.h> <sys/time.h> <sched.h>',
  clockid_t: '<time.h> <sys/types.h>',
  uint16_t: '<netinet/in.h> <arpa/inet.h> <inttypes.h>',
  uint32_t: '<netinet/in.h> <arpa/inet.h> <inttypes.h> <sys/epoll.h>',
  uint64_t: '<inttypes.h> <sys/epoll.h>',
  struct_sockaddr_in: '<arpa/inet.h>',
  struct_in_addr: '<arpa/inet.h>',
  INADDR_ANY: '<arpa/inet.h>',
  INADDR_LOOPBACK: '<arpa/inet.h>',
  htons: '<netinet/in.h>',
  htonl: '<netinet/in.h>',
  ntohs: '<netinet/in.h>',
  ntohl: '<netinet/in.h>',
  struct_sockaddr: '<netinet/in.h> <netdb.h>',
  AF_INET: '<netinet/in.h> <netdb.h>',
  SEEK_SET: '<stdio.h> <fcntl.h>',
  SEEK_CUR: '<stdio.h> <fcntl.h>',
  SEEK_END: '<stdio.h> <fcntl.h>',
  IPC_CREAT: '<sys/msg.h> <sys/sem.h> <sys/shm.h>',
  IPC_RMID: '<sys/msg.h> <sys/sem.h> <sys/shm.h>',
  IPC_PRIVATE: '<sys/msg.h> <sys/sem.h> <sys/shm.h>',
  IPC_EXCL: '<sys/msg.h> <sys/sem.h> <sys/shm.h>',
  IPC_NOWAIT: '<sys/msg.h> <sys/sem.h> <sys/shm.h>',
  struct_iovec: '<sys/socket.h>',
  CLOCK_MONOTONIC: '<sys/timerfd.h>',
};

/** Of C++'s own library: names of the namespace std. */
const byCppHeader: Record<string, string> = {
  '<algorithm>': 'copy fill find find_if max min sort',
  '<array>': 'array',
  '<atomic>':
    'atomic atomic_bool atomic_flag atomic_int memory_order_acquire memory_order_relaxed memory_order_release',
  '<chrono>': 'chrono',
  '<condition_variable>': 'condition_variable condition_variable_any',
  '<cstddef>': 'size_t byte nullptr_t',
  '<deque>': 'deque',
  '<exception>': 'exception terminate current_exception exception_ptr',
  '<filesystem>': 'filesystem',
  '<fstream>': 'fstream ifstream ofstream',
  '<functional>': 'bind function ref',
  '<future>': 'async future packaged_task promise',
  '<iostream>': 'cerr cin cout endl',
  '<map>': 'map',
  '<memory>': 'make_shared make_unique shared_ptr unique_ptr weak_ptr',
  '<mutex>':
    'adopt_lock call_once defer_lock lock lock_guard mutex once_flag recursive_mutex scoped_lock timed_mutex try_to_lock unique_lock',
  '<optional>': 'nullopt optional',
  '<queue>': 'priority_queue queue',
  '<set>': 'set',
  '<shared_mutex>': 'shared_lock shared_mutex',
  '<sstream>': 'istringstream ostringstream stringstream',
  '<stdexcept>': 'invalid_argument logic_error out_of_range runtime_error',
  '<string>': 'getline stoi stol string to_string',
  '<string_view>': 'string_view',
  '<system_error>': 'errc error_code generic_category system_category system_error',
  '<thread>': 'this_thread thread',
  '<unordered_map>': 'unordered_map',
  '<utility>': 'exchange forward make_pair move pair swap',
  '<vector>': 'vector',
};

export interface Declaration {
  /** The one to include, first, and others that do as well; as `<name.h>`. */
  readonly headers: readonly [string, ...string[]];
  /** Declared with _GNU_SOURCE only, when no other standard than the compiler's default is asked for. */
  readonly gnuOnly: boolean;
}

/** Of the namespace std, by name. */
export const standardNames: ReadonlyMap<string, Declaration> = new Map(
  Object.entries(byCppHeader).flatMap(([header, names]) =>
    names.split(' ').map(name => [name, { headers: [header], gnuOnly: false }] as const),
  ),
);

/** By name; a tag with `struct ` or `union ` before it. */
export const declarations: ReadonlyMap<string, Declaration> = read();

function read(): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const [header, names] of Object.entries(byHeader)) {
    for (const entry of names.split(' ')) {
      const name = withTag(entry.replace('+', ''));
      found.set(name, { headers: [header], gnuOnly: entry.startsWith('+') });
    }
  }
  for (const [entry, list] of Object.entries(alsoIn)) {
    const name = withTag(entry);
    const others = list.split(' ');
    const known = found.get(name);
    found.set(name, {
      headers: known ? [known.headers[0], ...others] : [others[0] ?? '', ...others.slice(1)],
      gnuOnly: known?.gnuOnly ?? false,
    });
  }
  return found;
}

function withTag(entry: string): string {
  return entry.replace(/^(struct|union)_/, '$1 ');
}
