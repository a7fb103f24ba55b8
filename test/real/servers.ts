/** Ports, requests and a database's folder for the servers that are traced. */

import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { findPostgres } from '../../scripts/systemTools.mjs';

/** Sends a request on a connection of its own and resolves with the first answer. */
export function say(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.once('error', reject);
    socket.once('data', data => {
      socket.destroy();
      resolve(data.toString('latin1'));
    });
  });
}

export async function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** A database cluster. PostgreSQL does not run as root: then it runs as nobody. */
export class PostgresCluster {
  readonly data: string;
  private readonly commands: string;

  /** `folder`: an empty one. */
  constructor(
    private readonly folder: string,
    readonly port: number,
  ) {
    const commands = findPostgres();
    if (commands === undefined) throw new Error("PostgreSQL's initdb is not installed: npm run test:real does it");
    this.commands = commands;
    this.data = path.join(folder, 'data');
    mkdirSync(this.data);
    if (isRoot()) for (const owned of [folder, this.data]) chownSync(owned, ...nobody());
  }

  /** Program and arguments, to be traced. */
  initdb(): [program: string, args: string[]] {
    return asUser(path.join(this.commands, 'initdb'), ['-D', this.data, '-U', 'postgres', '-A', 'trust', '--no-sync']);
  }

  server(): [program: string, args: string[]] {
    const listen = ['-p', String(this.port), '-k', this.folder, '-c', 'listen_addresses=127.0.0.1'];
    return asUser(path.join(this.commands, 'postgres'), ['-D', this.data, ...listen]);
  }

  query(sql: string): string {
    const args = ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'postgres', '-Atq', '-c', sql];
    return execFileSync(path.join(this.commands, 'psql'), args, { encoding: 'utf8', timeout: 30_000, stdio: 'pipe' });
  }

  isReady(): boolean {
    const args = ['-q', '-h', '127.0.0.1', '-p', String(this.port)];
    return spawnSync(path.join(this.commands, 'pg_isready'), args).status === 0;
  }

  /** Ends it in order: SIGINT is "fast shutdown", to the first process only. */
  stop(): void {
    process.kill(Number(readFileSync(path.join(this.data, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGINT');
  }

  get version(): [command: string, ...args: string[]] {
    return [path.join(this.commands, 'postgres'), '--version'];
  }
}

const isRoot = (): boolean => process.getuid?.() === 0;

function nobody(): [uid: number, gid: number] {
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return [id('-u'), id('-g')];
}

function asUser(program: string, args: string[]): [program: string, args: string[]] {
  if (!isRoot()) return [program, args];
  const [uid, gid] = nobody();
  return ['/usr/bin/setpriv', [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--', program, ...args]];
}
