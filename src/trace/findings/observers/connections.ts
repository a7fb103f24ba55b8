/**
 * Stream sockets that were used although they are not connected (connect(2), send(2), recv(2)): after a connect that failed, or without
 * any connect. What was open before the trace began may be connected.
 */

import type { CallRecord } from 'strace-parser';
import type { Row, ThreadId } from '../../api.js';
import type { Description } from '../../model/descriptors/description.js';
import type { DescriptorModel } from '../../model/descriptors/descriptorModel.js';
import { socketAddress } from '../../model/descriptors/socketAddress.js';
import type { FollowedThreads } from '../../model/followedThreads.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface UnconnectedUse extends EventPlace {
  atNs: number;
  /** The call that used it. */
  call: string;
  fd: number;
  /** The socket call; null when it was not seen. */
  openedRow: Row | null;
  /** Without one the socket was never asked to connect. */
  failed: { row: Row; errno: string; address: string } | null;
  listening: boolean;
}

interface FailedConnect {
  fd: number;
  row: Row;
  errno: string;
  address: string;
}

const transfers = /^(read|readv|recv|recvfrom|recvmsg|write|writev|send|sendto|sendmsg)$/;
/** Errors after which a socket is not connected, and will not be. */
const failures = /^(ECONNREFUSED|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ECONNRESET|EADDRNOTAVAIL|ENOENT|EACCES|EPERM)$/;

export class Connections implements Model {
  readonly uses: UnconnectedUse[] = [];
  /** Sockets that somebody tried to connect, whatever came of it. */
  private readonly tried = new WeakSet<Description>();
  private readonly listening = new WeakSet<Description>();
  private readonly addresses = new WeakMap<Description, string>();
  /** By thread: the connect that failed last, while nothing has been done about it. */
  private readonly refused = new Map<ThreadId, FailedConnect>();

  constructor(
    private readonly descriptors: DescriptorModel,
    private readonly followed: FollowedThreads,
  ) {}

  concerns(syscall: string): boolean {
    return syscall === 'connect' || syscall === 'listen' || syscall === 'getsockopt';
  }

  concernsError(errno: string, syscall: string): boolean {
    return (errno === 'ENOTCONN' || errno === 'EPIPE') && transfers.test(syscall);
  }

  call(record: CallRecord, place: EventPlace): void {
    const fd = record.argumentNumber(0);
    const description = this.descriptors.current(place, fd)?.description;
    if (!description?.stream) return;
    if (record.name === 'listen') this.listening.add(description);
    else if (record.name === 'connect') {
      const address = socketAddress(record.argumentText(1));
      this.tried.add(description);
      this.addresses.set(description, address);
      if (failures.test(record.errno)) this.fail(place, { fd, row: place.row, errno: record.errno, address });
    } else if (record.argumentText(2) === 'SO_ERROR') {
      // How a connect that did not wait tells how it ended.
      const errno = record.argumentText(3).replace(/[[\]]/g, '');
      const address = this.addresses.get(description) ?? '';
      if (failures.test(errno)) this.fail(place, { fd, row: place.row, errno, address });
    }
  }

  /** A socket that was never asked to connect. One that was, and is no more, had a peer that left. */
  failed(record: CallRecord, place: EventPlace): void {
    const description = this.descriptors.current(place, record.argumentNumber(0))?.description;
    const first = description?.descriptors[0];
    if (!description?.stream || first?.birth !== 'create' || first.birthRow === null) return;
    // A pair is born connected.
    if (this.tried.has(description) || description.channel !== null) return;
    this.used(record, place, null);
  }

  private fail(place: EventPlace, refused: FailedConnect): void {
    this.refused.set(place.thread, refused);
    this.followed.follow(place.thread, this.goesOn);
  }

  /** The first thing that is done with the socket decides: closed or connected again is well, used is not. */
  private readonly goesOn = (record: CallRecord, place: EventPlace): void => {
    const refused = this.refused.get(place.thread);
    if (!refused || place.row === refused.row) return;
    const isUse = transfers.test(record.name);
    const leaves = /^(close|connect|shutdown|dup2|dup3|execve|exit_group)$/.test(record.name);
    if (!isUse && !leaves) return;
    if (record.name !== 'execve' && record.name !== 'exit_group' && record.argumentNumber(0) !== refused.fd) return;
    this.refused.delete(place.thread);
    this.followed.leave(place.thread, this.goesOn);
    if (isUse) this.used(record, place, refused);
  };

  private used(record: CallRecord, place: EventPlace, refused: FailedConnect | null): void {
    const fd = record.argumentNumber(0);
    const description = this.descriptors.current(place, fd)?.description;
    this.uses.push({
      ...place,
      atNs: record.startNs,
      call: record.name,
      fd,
      openedRow: description?.descriptors[0]?.birthRow ?? null,
      failed: refused,
      listening: description !== undefined && this.listening.has(description),
    });
  }
}
