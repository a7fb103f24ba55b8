/**
 * Opens a strace log and reads it as it grows. Live, saved and reopened traces all take this path.
 *
 * Reads are synchronous and of bounded size, so that a worker can answer queries between them. A log only ever grows; one that got
 * shorter, or whose name now means another file, is an error: what was read of it can no longer be read back.
 */

import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { LogReader } from '../store/logReader.js';
import { TraceError } from '../traceErrors.js';

export class LogFile implements LogReader {
  private position = 0;
  private readonly inode: number;

  private constructor(
    readonly path: string,
    private readonly fd: number,
  ) {
    this.inode = fstatSync(fd).ino;
  }

  /** Throws a TraceError: `missing`, `directory`, `unreadable`. */
  static open(path: string): LogFile {
    let fd: number;
    try {
      fd = openSync(path, 'r');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT') throw new TraceError('missing', `${path} does not exist`, { cause: error });
      throw new TraceError('unreadable', `${path} cannot be read: ${String(error)}`, { cause: error });
    }
    if (fstatSync(fd).isDirectory()) {
      closeSync(fd);
      throw new TraceError('directory', `${path} is a folder`);
    }
    return new LogFile(path, fd);
  }

  /** Bytes that `next` has returned. */
  get bytesRead(): number {
    return this.position;
  }

  /** Size now. Throws a TraceError `truncated` when the log is not what it was. */
  size(): number {
    const { size } = fstatSync(this.fd);
    if (size < this.position) throw new TraceError('truncated', `${this.path} was truncated while it was read`);
    return size;
  }

  /** Throws a TraceError `truncated` when the path now leads to another file (or to none). */
  checkIdentity(): void {
    const found = statSync(this.path, { throwIfNoEntry: false });
    if (found?.ino !== this.inode) throw new TraceError('truncated', `${this.path} was replaced while it was read`);
  }

  /** Reads the next bytes of the log into `room` and returns them; an empty array when there are none yet. */
  next(room: Uint8Array): Uint8Array {
    if (this.size() === this.position) return room.subarray(0, 0);
    const length = readSync(this.fd, room, 0, room.length, this.position);
    this.position += length;
    return room.subarray(0, length);
  }

  read(start: number, end: number): Uint8Array {
    const room = new Uint8Array(Math.max(0, end - start));
    let length = 0;
    while (length < room.length) {
      const got = readSync(this.fd, room, length, room.length - length, start + length);
      if (got === 0) break;
      length += got;
    }
    return room.subarray(0, length);
  }

  close(): void {
    closeSync(this.fd);
  }
}
