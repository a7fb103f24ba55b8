/** Logs for the rule about buffers of stdio: a program that prints, forks and prints, with and without fstat in the log. */

import { fork, status } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const started = '10 0.0 execve("./p", ["./p"], 0x1 /* 3 vars */) = 0 <0.000100>\n';
const stream = (pid: number, seconds = '0.1'): string =>
  `${pid} ${seconds} newfstatat(1<pipe:[7]>, "", {st_mode=S_IFIFO|0600, st_size=0, ...}, AT_EMPTY_PATH) = 0 <0.000010>\n`;
const heap = (pid: number): string => `${pid} 0.4 brk(0x5649aeb3d000) = 0x5649aeb3d000 <0.000010>\n`;
const forked = `10 0.3 ${fork} = 11 <0.000100>\n`;
const write = (pid: number, seconds: string, text: string): string =>
  `${pid} ${seconds} write(1<pipe:[7]>, "${text}", ${text.length}) = ${text.length} <0.000010>\n`;
const block = '10 0.2 write(1<pipe:[7]>, "xxxxxxxx"..., 4096) = 4096 <0.000010>\n';
const reaped = `11 0.6 +++ exited with 0 +++\n10 0.7 wait4(11, ${status}, 0, NULL) = 11 <0.000010>\n`;
const twice = (child = 'hello', parent = child): string =>
  `${write(11, '0.5', child)}${reaped}${write(10, '0.8', parent)}`;

export const stdioCases: RuleCases = {
  'stdio-double-flush': {
    bad: started + stream(10) + forked + twice(),
    good: started + stream(10) + write(10, '0.2', 'hello') + forked + reaped,
    silent: {
      'both print the same line after the fork, each from a stream of its own':
        started +
        forked +
        stream(11, '0.4') +
        write(11, '0.5', 'hello') +
        reaped +
        stream(10, '0.7') +
        write(10, '0.8', 'hello'),
      'what waited had been flushed, and both print the same line':
        started + stream(10) + write(10, '0.2', 'x') + forked + twice(),
      'they print different things': started + stream(10) + forked + twice('child', 'parent'),
      'the child runs another program':
        started +
        stream(10) +
        forked +
        '11 0.4 execve("/bin/echo", ["echo"], 0x1 /* 3 vars */) = 0 <0.000100>\n' +
        twice(),
      'a runtime looks at all its descriptors at its start':
        started + stream(10) + stream(10).replace('(1<', '(2<') + forked + twice('hello from 1', 'hello from 0'),
      'without fstat in the log, each makes a buffer of its own': started + forked + heap(11) + heap(10) + twice(),
      'without fstat in the log, they only begin alike': started + forked + twice('I am the child', 'I am the parent'),
    },
    also: {
      'what waited and more': {
        log: started + stream(10) + forked + twice('hello', 'hello, child done'),
        expected: ['warning stdio-double-flush'],
      },
      'they begin alike and go on differently': {
        log: started + stream(10) + forked + twice('hello, child', 'hello, parent'),
        expected: ['info stdio-double-flush'],
      },
      'a terminal, in a log without fstat': {
        log:
          started +
          '10 0.1 ioctl(1</dev/pts/0>, TCGETS, {B38400 opost isig icanon echo ...}) = 0 <0.000010>\n' +
          (forked + twice()).replaceAll('pipe:[7]', '/dev/pts/0'),
        expected: ['warning stdio-double-flush'],
      },
      'the rest of a full buffer': {
        log: started + stream(10) + block + forked + twice(),
        expected: ['info stdio-double-flush'],
      },
      'a log without fstat': { log: started + forked + twice(), expected: ['info stdio-double-flush'] },
    },
  },
};
