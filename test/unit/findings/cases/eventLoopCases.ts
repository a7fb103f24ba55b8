/** Logs for the rules about waiting for many descriptors. */

import { fork, repeat } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const epoll = (trigger: string, kind: string): string => `10 0.0 epoll_create1(EPOLL_CLOEXEC) = 3 <0.000010>
  10 0.1 ${kind}
  10 0.2 epoll_ctl(3, EPOLL_CTL_ADD, 4, {events=EPOLLIN${trigger}, data={u32=4, u64=4}}) = 0 <0.000010>
  10 0.3 epoll_wait(3, [{events=EPOLLIN, data={u32=4, u64=4}}], 1, -1) = 1 <0.000010>\n`;
const pair = 'socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK, 0, [4, 5]) = 0 <0.000010>';
const blockingPair = 'socketpair(AF_UNIX, SOCK_STREAM, 0, [4, 5]) = 0 <0.000010>';
const listener = 'socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 4 <0.000010>';
const full = 'read(4, "0123456789"..., 40) = 40 <0.000010>';
const again = 'read(4, 0x7ffe, 40) = -1 EAGAIN (Resource temporarily unavailable) <0.000010>';
const sleep = 'epoll_wait(3, [], 1, 500) = 0 <0.500000>';
const accepted = 'accept4(4, NULL, NULL, SOCK_CLOEXEC) = 6 <0.000010>';
const acceptAgain = 'accept4(4, NULL, NULL, SOCK_CLOEXEC) = -1 EAGAIN (Resource temporarily unavailable) <0.000010>';
const herd = (flags: string, second: string): string =>
  `10 0.0 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 3 <0.000010>\n` +
  [11, 12].map(pid => `10 0.1 ${fork} = ${pid} <0.000010>\n`).join('') +
  [11, 12]
    .map(
      pid => `${pid} 0.2 epoll_create1(0) = 4 <0.000010>
      ${pid} 0.3 epoll_ctl(4, EPOLL_CTL_ADD, 3, {events=EPOLLIN${flags}, data={u32=3, u64=3}}) = 0 <0.000010>\n`,
    )
    .join('') +
  repeat(
    4,
    i => `11 ${i + 1}.0 epoll_wait(4, [{events=EPOLLIN, data={u32=3, u64=3}}], 1, -1) = 1 <0.000010>
      11 ${i + 1}.1 accept(3, NULL, NULL) = 5 <0.000010>
      12 ${i + 1}.1 epoll_wait(4, [{events=EPOLLIN, data={u32=3, u64=3}}], 1, -1) = 1 <0.000010>
      12 ${i + 1}.2 accept(3, NULL, NULL) = ${second} <0.000010>`,
  );

export const eventLoopCases: RuleCases = {
  'et-not-drained': {
    bad: `${epoll('|EPOLLET', pair)}10 0.4 ${full}\n10 0.5 ${sleep}\n`,
    good: `${epoll('|EPOLLET', pair)}10 0.4 ${full}\n10 0.4 ${again}\n10 0.5 ${sleep}\n`,
  },
  'et-blocking-fd': {
    bad: `${epoll('|EPOLLET', blockingPair)}10 0.4 ${full}\n10 0.5 read(4, "x", 40) = 1 <0.800000>\n`,
    good: `${epoll('', blockingPair)}10 0.4 ${full}\n10 0.5 read(4, "x", 40) = 1 <0.800000>\n`,
  },
  'et-accept-not-looped': {
    bad: `${epoll('|EPOLLET', listener)}10 0.4 ${accepted}\n10 0.5 ${sleep}\n`,
    good: `${epoll('|EPOLLET', listener)}10 0.4 ${accepted}\n10 0.4 ${acceptAgain}\n10 0.5 ${sleep}\n`,
  },
  'thundering-herd': {
    bad: herd('', '-1 EAGAIN (Resource temporarily unavailable)'),
    good: herd('|EPOLLEXCLUSIVE', '6'),
  },
  'busy-poll': {
    bad: repeat(150, i => `10 ${1 + Math.floor(i / 100)}.${String(i % 100).padStart(2, '0')} ${again}`),
    good: repeat(
      150,
      i =>
        `10 ${1 + i}.0 ${again}\n10 ${1 + i}.1 poll([{fd=4, events=POLLIN}], 1, -1) = 1 ([{fd=4, revents=POLLIN}]) <0.1>`,
    ),
  },
};
