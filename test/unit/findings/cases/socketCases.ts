/** Logs for the rules about sockets. */

import { tcp } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const unixBind =
  'bind(3, {sa_family=AF_UNIX, sun_path="/tmp/s"}, 110) = -1 EADDRINUSE (Address already in use) <0.000010>';
const inetBind =
  'bind(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}, 16) = -1 EADDRINUSE (Address already in use) <0.000010>';

const connectTo = (result: string): string =>
  `connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("10.0.0.1")}, 16) = ${result}`;
const refused = '-1 ECONNREFUSED (Connection refused)';
const lowPort = 'bind(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}, 16)';

export const socketCases: RuleCases = {
  'addr-in-use': {
    bad: `10 0.0 socket(AF_UNIX, SOCK_STREAM, 0) = 3 <0.000010>\n10 0.1 ${unixBind}\n10 0.2 close(3) = 0 <0.000010>\n`,
    good: `10 0.0 ${tcp}
      10 0.1 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0 <0.000010>
      10 0.2 ${inetBind}\n`,
  },
  'not-connected': {
    bad: `10 0.0 ${tcp}
      10 0.1 listen(3, 8) = 0 <0.000010>
      10 0.2 accept4(3, NULL, NULL, SOCK_CLOEXEC) = 4 <0.000010>
      10 0.3 recvfrom(3, 0x7ffe, 16, 0, NULL, NULL) = -1 ENOTCONN (Transport endpoint is not connected) <0.000010>\n`,
    good: `10 0.0 ${tcp}
      10 0.1 listen(3, 8) = 0 <0.000010>
      10 0.2 accept4(3, NULL, NULL, SOCK_CLOEXEC) = 4 <0.000010>
      10 0.3 recvfrom(4, "hello", 16, 0, NULL, NULL) = 5 <0.000010>\n`,
    also: {
      'sending says EPIPE': {
        log: `10 0.0 ${tcp}
          10 0.1 sendto(3, "x", 1, MSG_NOSIGNAL, NULL, 0) = -1 EPIPE (Broken pipe) <0.000010>\n`,
        expected: ['error not-connected'],
      },
    },
    silent: {
      'the peer of an accepted connection is gone': `10 0.0 ${tcp}
        10 0.2 accept4(3, NULL, NULL, SOCK_CLOEXEC) = 4 <0.000010>
        10 0.3 sendto(4, "x", 1, MSG_NOSIGNAL, NULL, 0) = -1 EPIPE (Broken pipe) <0.000010>\n`,
      'the peer of a connection is gone': `10 0.0 ${tcp}
        10 0.1 ${connectTo('0')} <0.000010>
        10 0.3 sendto(3, "x", 1, MSG_NOSIGNAL, NULL, 0) = -1 EPIPE (Broken pipe) <0.000010>\n`,
      'it was open before the trace began': `10 0.3 recvfrom(3, 0x7ffe, 16, 0, NULL, NULL) = -1 ENOTCONN (Transport endpoint is not connected) <0.000010>\n`,
      'a pair is born connected': `10 0.0 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0 <0.000010>
        10 0.1 close(4) = 0 <0.000010>
        10 0.2 sendto(3, "x", 1, MSG_NOSIGNAL, NULL, 0) = -1 EPIPE (Broken pipe) <0.000010>\n`,
      'asking for the peer is how to find out': `10 0.0 ${tcp}
        10 0.1 getpeername(3, 0x7ffe, [16]) = -1 ENOTCONN (Transport endpoint is not connected) <0.000010>
        10 0.2 shutdown(3, SHUT_RDWR) = -1 ENOTCONN (Transport endpoint is not connected) <0.000010>\n`,
    },
  },
  'connect-error-ignored': {
    bad: `10 0.0 ${tcp}
      10 0.1 ${connectTo(refused)} <0.000010>
      10 0.2 sendto(3, "x", 1, MSG_NOSIGNAL, NULL, 0) = -1 EPIPE (Broken pipe) <0.000010>
      10 0.3 close(3) = 0 <0.000010>\n`,
    good: `10 0.0 ${tcp}
      10 0.1 ${connectTo(refused)} <0.000010>
      10 0.2 write(2, "refused\\n", 8) = 8 <0.000010>
      10 0.3 close(3) = 0 <0.000010>\n`,
    also: {
      'a non-blocking one tells with SO_ERROR': {
        log: `10 0.0 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 3 <0.000010>
          10 0.1 ${connectTo('-1 EINPROGRESS (Operation now in progress)')} <0.000010>
          10 0.2 getsockopt(3, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0 <0.000010>
          10 0.3 write(3, "x", 1) = -1 EPIPE (Broken pipe) <0.000010>\n`,
        expected: ['error connect-error-ignored'],
      },
    },
    silent: {
      'it connects again': `10 0.0 ${tcp}
        10 0.1 ${connectTo(refused)} <0.000010>
        10 0.9 ${connectTo('0')} <0.000010>
        10 1.0 sendto(3, "x", 1, MSG_NOSIGNAL, NULL, 0) = 1 <0.000010>\n`,
      'it makes a new socket, of the same number': `10 0.0 ${tcp}
        10 0.1 ${connectTo(refused)} <0.000010>
        10 0.2 close(3) = 0 <0.000010>
        10 0.3 ${tcp}
        10 0.4 ${connectTo('0')} <0.000010>
        10 1.0 sendto(3, "x", 1, MSG_NOSIGNAL, NULL, 0) = 1 <0.000010>\n`,
      'it goes on connecting': `10 0.0 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 3 <0.000010>
        10 0.1 ${connectTo('-1 EINPROGRESS (Operation now in progress)')} <0.000010>
        10 0.2 getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0 <0.000010>
        10 0.3 write(3, "x", 1) = 1 <0.000010>\n`,
    },
  },
  'fd-setsize': {
    bad: `10 0.0 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 1030 <0.000010>
      10 0.1 pselect6(1031, [3<pipe:[2000]> 1030<socket:[3000]>], NULL, NULL, NULL, NULL) = 1 (in [1030]) <0.000010>
      10 0.2 pselect6(1031, [3 1030], NULL, NULL, NULL, NULL) = 1 (in [1030]) <0.000010>\n`,
    good: '10 0.1 poll([{fd=1030, events=POLLIN}], 1, -1) = 1 ([{fd=1030, revents=POLLIN}]) <0.000010>\n',
    silent: {
      'as many as can be open are asked for, and few are': `10 0.1 select(1048576, [3<pipe:[2000]> 1023<socket:[3000]>], NULL, NULL, {tv_sec=1, tv_usec=0}) = 1 (in [3], left {tv_sec=0, tv_usec=999998}) <0.000010>\n`,
    },
  },
  'missing-privilege': {
    bad: `10 0.0 ${lowPort} = -1 EACCES (Permission denied) <0.000010>
      10 0.1 write(2, "bind: Permission denied\\n", 24) = 24 <0.000010>
      10 0.2 exit_group(1) = ?
      10 0.2 +++ exited with 1 +++\n`,
    good: `10 0.0 ${lowPort} = 0 <0.000010>
      10 0.1 setresuid(65534, 65534, 65534) = 0 <0.000010>
      10 0.2 exit_group(0) = ?
      10 0.2 +++ exited with 0 +++\n`,
    also: {
      'it tries and goes on without': {
        log: `10 0.0 unshare(CLONE_NEWNS) = -1 EPERM (Operation not permitted) <0.000010>
          10 0.1 clone(child_stack=NULL, flags=CLONE_NEWPID|SIGCHLD) = -1 EPERM (Operation not permitted) <0.000010>
          10 0.2 exit_group(0) = ?
          10 0.2 +++ exited with 0 +++\n`,
        expected: ['info missing-privilege', 'info missing-privilege'],
      },
    },
    silent: {
      'files and signals are about owners': `10 0.0 openat(AT_FDCWD, "/etc/shadow", O_RDONLY) = -1 EACCES (Permission denied) <0.000010>
        10 0.1 kill(1, SIGTERM) = -1 EPERM (Operation not permitted) <0.000010>
        10 0.2 exit_group(1) = ?
        10 0.2 +++ exited with 1 +++\n`,
    },
  },
};
