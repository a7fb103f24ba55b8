/**
 * Writes strace logs of any size, modelled on what strace 6.1 prints with `-f -ttt -T -y`: the threads of a busy server, each of which
 * serves one connection after the other's request: waits, reads, looks a file up, opens, describes, maps and writes it, and gives all
 * back. Calls of the threads are mixed at random, some are printed in two parts, some fail. What the log says could have happened: a
 * descriptor that is closed is open, what is unmapped was mapped. The same seed gives the same log.
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import { randomFrom } from './random.mjs';

const FIRST_TID = 4000;
const FIRST_FD = 8;
const FILES = 40;

/** Calls of one request: what stands before an interruption, what after it, and the result. */
function requestOf(thread, threads) {
  const socket = FIRST_FD + thread;
  const connection = `${socket}<socket:[${80_123 + thread}]>`;
  const fd = FIRST_FD + threads + thread;
  const memory = `0x7f${(0x5e3c0210 + thread * 0x210).toString(16)}00`;
  return file => {
    const path = `/srv/www/page${file}.html`;
    const opened = `${fd}<${path}>`;
    return [
      [
        'epoll_wait(4<anon_inode:[eventpoll]>, ',
        `[{events=EPOLLIN, data={u32=${socket}, u64=${socket}}}], 64, -1)`,
        '1',
      ],
      [`read(${connection}, `, `"GET /page${file}.html HTTP/1.1\\r\\nHost: l"..., 4096)`, '412'],
      ['access("/srv/www/maintenance", R_OK', ')', '-1 ENOENT (No such file or directory)'],
      [`openat(AT_FDCWD</srv/www>, "${path}", O_RDONLY|O_CLOEXEC`, ')', opened],
      [`newfstatat(${opened}, "", {st_mode=S_IFREG|0644, st_size=${5120 + file}, ...}, AT_EMPTY_PATH`, ')', '0'],
      ['mmap(NULL, 135168, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0', ')', memory],
      ['futex(0x55d0c8a2f2a0, FUTEX_WAIT_PRIVATE, 2, NULL', ')', '0'],
      [`write(${connection}, `, '"HTTP/1.1 200 OK\\r\\nContent-Length: "..., 1024)', '1024'],
      [`munmap(${memory}, 135168`, ')', '0'],
      [`close(${opened}`, ')', '0'],
      [
        `recvfrom(${connection}, `,
        '0x7ffd2b1e5a30, 64, MSG_DONTWAIT, NULL, NULL)',
        '-1 EAGAIN (Resource temporarily unavailable)',
      ],
    ];
  };
}

/** The server's beginning: its threads, its connections. */
function preludeOf(threads) {
  const flags = 'flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM';
  const calls = [
    'socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3<socket:[80000]>',
    'epoll_create1(0) = 4<anon_inode:[eventpoll]>',
  ];
  for (let t = 0; t < threads; t++) {
    const connection = `${FIRST_FD + t}<socket:[${80_123 + t}]>`;
    const event = `{events=EPOLLIN, data={u32=${FIRST_FD + t}, u64=${FIRST_FD + t}}}`;
    calls.push(`accept4(3<socket:[80000]>, NULL, NULL, SOCK_CLOEXEC) = ${connection}`);
    calls.push(`epoll_ctl(4<anon_inode:[eventpoll]>, EPOLL_CTL_ADD, ${connection}, ${event}) = 0`);
    if (t > 0) calls.push(`clone3({${flags}} => {parent_tid=[${FIRST_TID + t}]}, 88) = ${FIRST_TID + t}`);
  }
  return calls;
}

/**
 * Yields a log in pieces of some tens of kilobytes.
 * @param {{ events: number, threads: number, interrupted?: number, seed?: number, startUs?: number }} options
 */
export function* syntheticLog({ events, threads, interrupted = 0.3, seed = 1, startUs = 1_795_228_800_000_000 }) {
  const random = randomFrom(seed);
  const upTo = count => Math.floor(random() * count);
  let us = startUs;
  let piece = '';
  const stamp = () => `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}`;
  const prelude = preludeOf(threads);
  for (const call of prelude) {
    piece += `${FIRST_TID} ${stamp()} ${call} <0.000071>\n`;
    us += 80;
  }
  const workers = Array.from({ length: threads }, (_, t) => {
    const request = requestOf(t, threads);
    return {
      requests: Array.from({ length: FILES }, (_, file) => request(file)),
      calls: [],
      next: 0,
      waitsSinceUs: NaN,
    };
  });
  for (let made = prelude.length; made < events;) {
    const t = upTo(threads);
    const worker = workers[t];
    us += 1 + upTo(24);
    const head = `${FIRST_TID + t} ${stamp()}`;
    if (worker.next === worker.calls.length) {
      worker.calls = worker.requests[upTo(FILES)];
      worker.next = 0;
    }
    const [name, rest, result] = worker.calls[worker.next];
    if (worker.waitsSinceUs >= 0) {
      const seconds = ((us - worker.waitsSinceUs) / 1e6).toFixed(6);
      piece += `${head} <... ${name.slice(0, name.indexOf('('))} resumed>${rest} = ${result} <${seconds}>\n`;
      worker.waitsSinceUs = NaN;
      worker.next++;
      made++;
    } else if (random() < interrupted) {
      piece += `${head} ${name} <unfinished ...>\n`;
      worker.waitsSinceUs = us;
    } else {
      piece += `${head} ${name}${rest} = ${result} <0.${String(8 + upTo(12)).padStart(6, '0')}>\n`;
      worker.next++;
      made++;
    }
    if (piece.length > 1 << 16) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

/** Writes a log to a file; returns its size in bytes. */
export function writeSyntheticLog(path, options) {
  const fd = openSync(path, 'w');
  let size = 0;
  for (const piece of syntheticLog(options)) size += writeSync(fd, piece);
  closeSync(fd);
  return size;
}
