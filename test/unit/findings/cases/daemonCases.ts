/** Logs for the rules about daemons: each begins with a launcher, which ends at once, and a child that goes on for 0.9 s. */

import { fork } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const exec = (image: string): string =>
  `10 0.0 execve("${image}", ["${image}"], 0x1 /* 3 vars */) = 0 <0.000100>
  10 0.0 fstat(1<pipe:[7]>, {st_mode=S_IFIFO|0600, st_size=0, ...}) = 0 <0.000010>\n`;
/** What the child does between its start and its end. */
const daemon = (steps: readonly string[], image = './server'): string =>
  `${exec(image)}10 0.1 ${fork} = 11 <0.000100>
  10 0.11 exit_group(0) = ?
  10 0.12 +++ exited with 0 +++
  ${steps.map(step => `11 0.2 ${step}\n`).join('')}11 0.2 clock_nanosleep(CLOCK_REALTIME, 0, {tv_sec=0, tv_nsec=800000000}, NULL) = 0 <0.800000>
  11 1.0 exit_group(0) = ?
  11 1.0 +++ exited with 0 +++\n`;

const setsid = 'setsid() = 11 <0.000010>';
const chdir = 'chdir("/") = 0 <0.000010>';
const umask = 'umask(000) = 022 <0.000010>';
const toNull = [
  'openat(AT_FDCWD, "/dev/null", O_RDWR) = 3</dev/null> <0.000010>',
  ...[0, 1, 2].map(fd => `dup2(3</dev/null>, ${fd}) = ${fd}</dev/null> <0.000010>`),
  'close(3</dev/null>) = 0 <0.000010>',
];
const all = [setsid, chdir, umask, ...toNull];

/** A shell's `(sleep 1; echo done) &`: the same program goes on, and ordinary jobs change their umask, too. */
const backgroundJob = daemon([umask, 'write(1<pipe:[7]>, "done\\n", 5) = 5 <0.000010>'], '/bin/sh');
const otherProgram = daemon([setsid, 'execve("/bin/job", ["job"], 0x1 /* 3 vars */) = 0 <0.000100>']);
const launcherFails = daemon([setsid]).replace('+++ exited with 0', '+++ exited with 1');

export const daemonCases: RuleCases = {
  'daemon-no-setsid': {
    bad: daemon([umask, chdir, ...toNull]),
    good: daemon(all),
    expected: ['warning daemon-no-setsid', 'info orphan'],
    also: {
      'nothing but the launch says that it is meant to be a daemon': {
        log: daemon([]),
        expected: ['info orphan', 'info daemon-no-setsid'],
      },
      'the launcher works on after fork, and no step is taken: it may be any child': {
        log: daemon([]).replace('10 0.11 exit_group', '10 0.11 getpid() = 10 <0.000010>\n10 0.11 exit_group'),
        expected: ['info orphan'],
      },
      'the session was made by a process above the launcher': {
        log: `9 0.0 setsid() = 9 <0.000010>
          9 0.0 ${fork} = 10 <0.000100>
          ${daemon([umask, chdir, ...toNull])}`.replace(
          '11 0.2',
          '9 0.1 wait4(10, NULL, 0, NULL) = 10 <0.000010>\n11 0.2',
        ),
        expected: ['info orphan'],
      },
      "a shell's background job": { log: backgroundJob, expected: ['info orphan'] },
    },
    silent: {
      'setsid by the one between, which forks again': `${exec('./server')}10 0.1 ${fork} = 11 <0.000100>
        10 0.1 exit_group(0) = ?
        10 0.1 +++ exited with 0 +++
        11 0.1 ${setsid}
        11 0.1 ${chdir}
        11 0.1 ${fork} = 12 <0.000100>
        11 0.1 exit_group(0) = ?
        11 0.1 +++ exited with 0 +++
        ${toNull.map(step => `12 0.2 ${step}\n`).join('')}12 1.0 exit_group(0) = ?
        12 1.0 +++ exited with 0 +++\n`,
    },
  },
  'daemon-terminal-fds-open': {
    bad: daemon([setsid, chdir]),
    good: daemon(all),
    silent: {
      'output goes to a file, which somebody chose': daemon([setsid, chdir]).replace(
        '<pipe:[7]>, {st_mode=S_IFIFO',
        '</var/log/server>, {st_mode=S_IFREG',
      ),
      'another program runs by now': otherProgram,
      'its launcher failed': launcherFails,
    },
  },
  'daemon-no-chdir': {
    bad: daemon([setsid, ...toNull]),
    good: daemon(all),
    silent: {
      'the launcher changed the directory before it forked': daemon([setsid, ...toNull]).replace(
        '10 0.1 clone',
        `10 0.1 ${chdir}\n10 0.1 clone`,
      ),
    },
  },
};
