/** What the rules about processes, their children and their ends say. */

import type { FindingTexts } from './findingText.js';

const created = 'the child is created';
const childExit = 'the child ends';

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
  'vfork-child-misbehaves': {
    title: 'vfork child does more than it may',
    message: 'a vfork child called {0} before it executed a program or left',
    values: ['call'],
    explanation:
      "Until a vfork child calls execve or _exit it runs in its parent's memory, on its parent's stack, and the parent's thread stands still. Anything else it does is undefined behaviour. Use fork, or posix_spawn, which does the usual steps between the two.",
    steps: { created: 'vfork: the parent is suspended', work: 'the child works meanwhile' },
  },
};
