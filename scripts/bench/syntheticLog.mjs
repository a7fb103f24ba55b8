/**
 * Writes strace logs of any size, modelled on what strace 6.1 prints with `-f -ttt -T -y`: worker threads that read, write, wait and
 * look things up, so that short calls, blocked calls printed in two parts and failures come in the mix of a busy server. The same
 * seed gives the same log.
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import { randomFrom } from './random.mjs';

/** What stands before an interruption, what after it, and the result. */
const shapes = [
  ['read(5<socket:[80123]>, ', '"GET /index.html HTTP/1.1\\r\\nHost: l"..., 4096)', '412'],
  ['write(5<socket:[80123]>, ', '"HTTP/1.1 200 OK\\r\\nContent-Length: "..., 1024)', '1024'],
  ['epoll_wait(4<anon_inode:[eventpoll]>, ', '[{events=EPOLLIN, data={u32=5, u64=5}}], 64, -1)', '1'],
  ['openat(AT_FDCWD</srv/www>, "/srv/www/index.html", O_RDONLY|O_CLOEXEC', ')', '9</srv/www/index.html>'],
  ['newfstatat(9</srv/www/index.html>, "", {st_mode=S_IFREG|0644, st_size=5120, ...}, AT_EMPTY_PATH', ')', '0'],
  ['close(9</srv/www/index.html>', ')', '0'],
  ['futex(0x55d0c8a2f2a0, FUTEX_WAIT_PRIVATE, 2, NULL', ')', '0'],
  ['mmap(NULL, 135168, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0', ')', '0x7f5e3c021000'],
  ['munmap(0x7f5e3c021000, 135168', ')', '0'],
  [
    'recvfrom(7<socket:[80131]>, ',
    '0x7ffd2b1e5a30, 64, MSG_DONTWAIT, NULL, NULL)',
    '-1 EAGAIN (Resource temporarily unavailable)',
  ],
  ['access("/etc/ld.so.preload", R_OK', ')', '-1 ENOENT (No such file or directory)'],
];

/**
 * Yields a log in pieces of some tens of kilobytes.
 * @param {{ events: number, threads: number, interrupted?: number, seed?: number, startUs?: number }} options
 */
export function* syntheticLog({ events, threads, interrupted = 0.3, seed = 1, startUs = 1_795_228_800_000_000 }) {
  const random = randomFrom(seed);
  const firstTid = 4000;
  let us = startUs;
  let piece = '';
  const stamp = () => `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}`;
  const pending = [];
  for (let t = 1; t < threads; t++) {
    const flags = 'flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM';
    piece += `${firstTid} ${stamp()} clone3({${flags}} => {parent_tid=[${firstTid + t}]}, 88) = ${firstTid + t} <0.000071>\n`;
    us += 80;
  }
  for (let made = threads - 1; made < events;) {
    const t = Math.floor(random() * threads);
    us += 1 + Math.floor(random() * 24);
    const head = `${firstTid + t} ${stamp()}`;
    const waiting = pending[t];
    const shape = shapes[Math.floor(random() * shapes.length)];
    if (waiting !== undefined) {
      const [name, rest, result] = waiting.shape;
      const seconds = ((us - waiting.startUs) / 1e6).toFixed(6);
      piece += `${head} <... ${name.slice(0, name.indexOf('('))} resumed>${rest} = ${result} <${seconds}>\n`;
      pending[t] = undefined;
      made++;
    } else if (random() < interrupted) {
      piece += `${head} ${shape[0]} <unfinished ...>\n`;
      pending[t] = { shape, startUs: us };
    } else {
      const took = 8 + Math.floor(random() * 12);
      piece += `${head} ${shape[0]}${shape[1]} = ${shape[2]} <0.${String(took).padStart(6, '0')}>\n`;
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
