/**
 * What outlives the program that made it until somebody removes it: System V objects (sysvipc(7)), POSIX message queues and shared
 * memory (mq_overview(7), shm_overview(7)), and temporary files. Kept are those that nobody has removed so far.
 */

import type { CallRecord } from 'strace-parser';
import { unquote } from '../../model/valueAccess.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface Leftover extends EventPlace {
  kind: 'queue' | 'segment' | 'semaphores' | 'file';
  atNs: number;
  /** Path, POSIX name, `key 0x12` or `id 5`. */
  name: string;
  /** Made by this call, surely: without O_EXCL or IPC_EXCL it may have been there. */
  fresh: boolean;
  /** Made with IPC_PRIVATE: nobody finds it by a key. */
  anonymous: boolean;
}

const getters: Readonly<Record<string, Leftover['kind']>> = {
  msgget: 'queue',
  shmget: 'segment',
  semget: 'semaphores',
};
const controls: Readonly<Record<string, { get: string; command: number }>> = {
  msgctl: { get: 'msgget', command: 1 },
  shmctl: { get: 'shmget', command: 1 },
  semctl: { get: 'semget', command: 2 },
};
const files = /^(open|openat|creat|link|linkat|unlink|unlinkat|rename|renameat|renameat2|mq_open|mq_unlink)$/;
const temporary = /^\/(tmp|var\/tmp)\//;
/** What mkstemp puts for XXXXXX: nearly always of more than one kind of character. */
const randomName = /(?![a-z]{6}|[A-Z]{6}|[0-9]{6})[A-Za-z0-9]{6}(\.\w+)?$/;
const sharedMemory = '/dev/shm/';

export class Leftovers implements Model {
  /** By what names it: `msgget 5`, `/dev/shm/x`, `queue /x`. */
  private readonly left = new Map<string, Leftover>();
  /** The flags of the last open that makes no file: programs mostly read. */
  private plainFlags = '';
  /** By name id. */
  private readonly roles: (Role | undefined)[] = [];

  concerns(syscall: string): boolean {
    return Object.hasOwn(getters, syscall) || Object.hasOwn(controls, syscall) || files.test(syscall);
  }

  call(record: CallRecord, place: EventPlace): void {
    if (!(record.returnValue >= 0)) return;
    switch ((this.roles[record.nameId] ??= roleOf(record.name))) {
      case 'open':
        this.opened(record, place);
        break;
      case 'get':
        this.got(record, place);
        break;
      case 'control': {
        const { get, command } = controls[record.name]!;
        if (record.argumentText(command).includes('IPC_RMID')) this.left.delete(`${get} ${record.argumentNumber(0)}`);
        break;
      }
      case 'unlinkQueue':
        this.left.delete(`queue ${queueName(record)}`);
        break;
      case 'openQueue':
        this.openedQueue(record, place);
        break;
      case 'link':
        this.renamed(record);
        break;
      case 'remove':
        this.removed(record);
    }
  }

  all(): Iterable<Leftover> {
    return this.left.values();
  }

  private got(record: CallRecord, place: EventPlace): void {
    const flags = record.argumentText(record.name === 'msgget' ? 1 : 2);
    const key = record.argumentText(0);
    const anonymous = key === 'IPC_PRIVATE';
    if (!anonymous && !flags.includes('IPC_CREAT')) return;
    const id = `${record.name} ${record.returnValue}`;
    const fresh = anonymous || flags.includes('IPC_EXCL');
    if (this.left.has(id) && !fresh) return;
    const name = anonymous ? `id ${record.returnValue}` : `key ${key}`;
    const kind = getters[record.name]!;
    this.left.set(id, { ...place, kind, atNs: record.startNs, name, fresh, anonymous });
  }

  private openedQueue(record: CallRecord, place: EventPlace): void {
    const flags = record.argumentText(1);
    const name = queueName(record);
    if (!flags.includes('O_CREAT') || this.left.has(`queue ${name}`)) return;
    const fresh = flags.includes('O_EXCL');
    this.left.set(`queue ${name}`, { ...place, kind: 'queue', atNs: record.startNs, name, fresh, anonymous: false });
  }

  /** Of files only what mkstemp(3) makes: for reading and writing, by the owner, under a random name. */
  private opened(record: CallRecord, place: EventPlace): void {
    const at = record.name === 'openat' ? 1 : 0;
    const flags = record.name === 'creat' ? 'O_CREAT' : record.argumentText(at + 1);
    if (flags === this.plainFlags) return;
    if (!flags.includes('O_CREAT')) {
      this.plainFlags = flags;
      return;
    }
    const name = pathOf(record, at);
    if (name === null || this.left.has(name)) return;
    const fresh = flags.includes('O_EXCL');
    const shared = name.startsWith(sharedMemory);
    if (!shared && !(fresh && temporary.test(name) && isMkstemp(record, at, name))) return;
    this.left.set(name, { ...place, kind: kindOf(name), atNs: record.startNs, name, fresh, anonymous: false });
  }

  /** sem_open(3) makes a file of a random name and then gives it the semaphore's. */
  private renamed(record: CallRecord): void {
    const at = record.name === 'link' ? 0 : 1;
    const left = this.left.get(pathOf(record, at) ?? '');
    const name = pathOf(record, at === 0 ? 1 : 3);
    if (left && name?.startsWith(sharedMemory)) this.left.set(name, { ...left, kind: kindOf(name), name });
  }

  /** A file that got another name was meant to stay. */
  private removed(record: CallRecord): void {
    if (this.left.size === 0) return;
    const at = record.name.endsWith('at') || record.name.endsWith('at2') ? 1 : 0;
    const name = pathOf(record, at);
    if (name !== null) this.left.delete(name);
    else {
      // In a folder that the log does not name: it may be any of that name.
      const last = `/${unquote(record.argumentText(at))}`;
      for (const left of this.left.keys()) if (left.endsWith(last)) this.left.delete(left);
    }
  }
}

type Role = 'open' | 'get' | 'control' | 'openQueue' | 'unlinkQueue' | 'link' | 'remove';

function roleOf(syscall: string): Role {
  if (Object.hasOwn(getters, syscall)) return 'get';
  if (Object.hasOwn(controls, syscall)) return 'control';
  if (syscall === 'mq_unlink') return 'unlinkQueue';
  if (syscall === 'mq_open') return 'openQueue';
  if (syscall === 'open' || syscall === 'openat' || syscall === 'creat') return 'open';
  return syscall === 'link' || syscall === 'linkat' ? 'link' : 'remove';
}

function isMkstemp(record: CallRecord, at: number, path: string): boolean {
  if (!record.argumentText(at + 1).includes('O_RDWR') || record.argumentText(at + 2) !== '0600') return false;
  return randomName.test(path.slice(path.lastIndexOf('/')));
}

function kindOf(path: string): Leftover['kind'] {
  if (!path.startsWith(sharedMemory)) return 'file';
  return path.startsWith(`${sharedMemory}sem.`) ? 'semaphores' : 'segment';
}

/** The C library takes the name's slash off. */
function queueName(record: CallRecord): string {
  return `/${unquote(record.argumentText(0)).replace(/^\//, '')}`;
}

/** An absolute path; null when it is relative to a folder whose path strace did not print. */
function pathOf(record: CallRecord, at: number): string | null {
  const path = unquote(record.argumentText(at));
  if (path.startsWith('/')) return path;
  const folder = /<([^<>]*)>/.exec(at === 0 ? '' : record.argumentText(at - 1))?.[1];
  return folder === undefined ? null : `${folder}/${path}`;
}
