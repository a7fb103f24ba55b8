/** What the rules about processes, their children and their ends say. */

import type { FindingTexts } from './findingText.js';

const created = 'the child is created';
const childExit = 'the child ends';
const launch = {
  launched: 'the launcher makes its child',
  left: 'the launcher ends, and the child goes on',
  step: 'a step that makes a daemon of it',
};

export const processTexts: FindingTexts = {
  zombie: {
    title: 'Zombie',
    message: 'child {0} was dead for {1} before anybody waited for it',
    values: ['child', 'zombieNs'],
    explanation:
      'A process that has ended stays in the process table until its parent asks how it ended. Until then it is a zombie: it holds a pid and nothing else. Call waitpid soon after SIGCHLD, in a loop with WNOHANG, or set SIGCHLD to SIG_IGN if the status does not matter.',
    steps: { created, exit: childExit, reap: 'it is reaped, late' },
  },
  'zombie-never-reaped': {
    title: 'Zombie that nobody reaped',
    message: 'child {0} was a zombie for {1}, until its parent ended',
    values: ['child', 'zombieNs'],
    explanation:
      'The parent never waited for this child. When the parent ended, init (or the nearest subreaper) inherited the zombie and reaped it. In a program that runs for long such children add up, until fork fails with EAGAIN because no pid is left.',
    steps: { created, exit: childExit, parentExit: 'the parent ends without having waited' },
  },
  orphan: {
    title: 'Orphan',
    message: 'outlived its parent by {0}',
    values: ['outlivedNs'],
    explanation:
      'The parent of this process ended first. The kernel gave it to the nearest ancestor that is a subreaper, or to init, which reaps it. That is how daemons start; in other programs a wait is missing.',
    steps: { created: 'the process is created', parentExit: 'its parent ends first' },
  },
  'no-child': {
    title: 'Wait without a child',
    message: 'waited for child {0}, which it does not have',
    cases: {
      again: 'waited for child {0}, which it had reaped before',
      none: 'waited for a child, and never had one',
      notMine: "waited for process {0}, which is another one's child",
      ignored: 'waited for child {0}, which the kernel had reaped: SIGCHLD is ignored',
    },
    values: ['child'],
    explanation:
      'wait and its like know the children of the calling process only, and each of them once: who reaps a child takes its status with it. Another wait for it fails with ECHILD, and says nothing about how it ended. With SIGCHLD set to SIG_IGN, or SA_NOCLDWAIT, the kernel reaps, and no status is kept.',
    steps: { before: 'where the child went', refused: 'the wait that finds none' },
  },
  'child-status-ignored': {
    title: 'Child failed, and nobody asked',
    message: 'child {0} ended with exit code {1}, and its parent did not ask for it',
    cases: { signal: 'child {0} was killed by {1}, and its parent did not ask how it had ended' },
    values: ['child', 'status'],
    explanation:
      'A parent that gives NULL to wait gets a pid and no status, so a child that failed looks like one that did its work. Pass the address of an int, and look at it with WIFEXITED, WEXITSTATUS and WIFSIGNALED.',
    steps: { created, exit: 'the child ends, and not well', reap: 'it is reaped without a question' },
  },
  'wait-once-for-many': {
    title: 'One wait for several children',
    message: 'made {0} children and waited for one; {1} were left when it ended',
    values: ['children', 'left'],
    explanation:
      'One wait reaps one child. Those that are left go on without their parent, or are zombies until it ends; what they report is lost. Wait in a loop, once for each child, or until the call fails with ECHILD.',
    steps: { created: 'a child that is left', wait: 'the only wait', parentExit: 'the parent ends' },
  },
  'fork-eagain': {
    title: 'No more processes',
    message: 'fork failed with {1}: {0} children are there already',
    cases: { thread: 'no thread could be made: clone failed with {1}' },
    values: ['children', 'errno'],
    explanation:
      'The number of processes and threads is limited for each user (RLIMIT_NPROC), in each cgroup (pids.max) and for the whole system (threads-max, pid_max); at a limit fork fails with EAGAIN, and without memory with ENOMEM. Zombies count, too. Look at the result of fork, keep the number of children bounded, and wait for those that have ended.',
    steps: { first: 'the first of the children that are there', last: 'the last one', refused: 'the next is refused' },
  },
  'fork-unbounded': {
    title: 'Children by the hundred',
    message: 'made {0} children without a wait in between, and had them all at once',
    values: ['children'],
    explanation:
      'A child for each request or piece of work has no bound but the limits of the system, and those are shared with everybody else: at the limit fork fails with EAGAIN, for others, too. Keep a fixed number of workers, or wait for one child to end before the next is made.',
    steps: { first: 'the first of them', last: 'one of many, with all before it still there' },
  },
  'daemon-no-setsid': {
    title: 'Daemon without a session of its own',
    message: 'went on for {0} after its launcher {1} had ended, in the same session',
    values: ['outlivedNs', 'launcher'],
    explanation:
      'A process in the background keeps the session, the process group and the controlling terminal that it inherited. The end of that terminal (SIGHUP) can still reach it, and reading from it can stop it (SIGTTIN). Call setsid in the child, after the launcher has forked: a child leads no process group, so setsid works there.',
    steps: launch,
  },
  'daemon-terminal-fds-open': {
    title: 'Daemon that holds what its launcher was given',
    message: 'descriptors {0} are still those of its launcher: {1}',
    values: ['fds', 'what'],
    explanation:
      'Standard input, output and error came from whoever started it. What it prints turns up on a terminal where somebody works on something else, or fails with EIO once that is gone; and a program that reads the other end of a pipe gets no end of file for as long as the daemon runs. Put /dev/null or a log file on 0, 1 and 2 with dup2. Closing them is not enough: the next file that is opened would get the number.',
    steps: launch,
  },
  'daemon-no-chdir': {
    title: 'Daemon that stays where it was started',
    message: 'goes on in the directory that its launcher was started in',
    values: [],
    explanation:
      'A working directory is in use: its file system cannot be unmounted while the process runs, and relative paths mean something else with each start. Daemons change to /, or to a directory of their own.',
    steps: launch,
  },
  'stdio-double-flush': {
    title: 'Buffered output written twice after fork',
    message: '"{0}" was written by process {1} and again by process {2}',
    values: ['text', 'first', 'again'],
    explanation:
      'Output of printf and its like waits in a buffer in memory, and fork copies memory. So what waited there at fork is written by the parent and by the child, each when its copy is flushed. Call fflush(NULL) before fork, or let the child leave with _exit, which flushes nothing. On a terminal a complete line is written at once; into a pipe or a file it waits, too.',
    steps: {
      used: 'the stream is used, and what is printed waits',
      forked: 'fork copies the buffer',
      first: 'one process writes its copy',
      again: 'and the other one writes the same',
    },
  },
  'vfork-child-misbehaves': {
    title: 'vfork child does more than it may',
    message: 'a vfork child called {0} before it executed a program or left',
    values: ['call'],
    explanation:
      "Until a vfork child calls execve or _exit it runs in its parent's memory, on its parent's stack, and the parent's thread stands still. Anything else it does is undefined behaviour. Use fork, or posix_spawn, which does the usual steps between the two.",
    steps: { created: 'vfork: the parent is suspended', work: 'the child works meanwhile' },
  },
};
