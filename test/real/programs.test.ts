/**
 * Programs from Debian packages that nobody here wrote, traced and compared with what the kernel says of them meanwhile: open
 * descriptors, memory maps and children.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { account } from './agreement.js';
import { TracedProgram, type Comparison } from './tracedProgram.js';

describe('real programs agree with /proc', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'syscape-program-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('nginx with two workers under load', async () => {
    const port = await freePort();
    writeFileSync(
      path.join(folder, 'nginx.conf'),
      `worker_processes 2; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
       events { worker_connections 256; }
       http { access_log ${folder}/access.log; client_body_temp_path ${folder}; proxy_temp_path ${folder};
         fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
         server { listen 127.0.0.1:${port}; location / { root ${folder}; } } }`,
    );
    writeFileSync(path.join(folder, 'page.txt'), 'x'.repeat(100_000));
    const nginx = await TracedProgram.start('/usr/sbin/nginx', [
      '-c',
      `${folder}/nginx.conf`,
      '-e',
      `${folder}/error.log`,
    ]);
    await serverCase(nginx, port, async () => {
      for (let i = 0; i < 100; i++) await (await fetch(`http://127.0.0.1:${port}/page.txt`)).arrayBuffer();
    });
  });

  it('redis-server with clients', async () => {
    const port = await freePort();
    const redis = await TracedProgram.start('/usr/bin/redis-server', [
      '--port',
      String(port),
      '--dir',
      folder,
      '--save',
      '',
    ]);
    await serverCase(redis, port, async () => {
      execFileSync('redis-benchmark', ['-p', String(port), '-n', '300', '-c', '10', '-q', '-t', 'set,get'], {
        stdio: 'ignore',
      });
    });
  });

  it('memcached with four threads', async () => {
    const port = await freePort();
    const memcached = await TracedProgram.start('/usr/bin/memcached', [
      ...['-l', '127.0.0.1', '-p', String(port), '-U', '0', '-u', 'root', '-t', '4'],
    ]);
    await serverCase(memcached, port, async () => {
      for (let i = 0; i < 20; i++) assert.match(await say(port, `set k${i} 0 0 2\r\nhi\r\n`), /^STORED/);
    });
  });

  it('a shell pipeline', () =>
    batchCase(
      '/bin/sh',
      ['-c', 'for i in 1 2 3; do find /usr/share/doc -maxdepth 1 | sort | uniq | wc -l; done'],
      folder,
    ));

  it('make -j4', async () => {
    const targets = Array.from({ length: 12 }, (_, i) => `t${i}`);
    const rules = targets.map(t => `${t}:\n\tsleep 0.1; echo ${t} | cat > ${t}.out`).join('\n');
    writeFileSync(path.join(folder, 'Makefile'), `all: ${targets.join(' ')}\n${rules}\n`);
    await batchCase('/usr/bin/make', ['-j4', '-C', folder], folder);
  });

  it('python3 multiprocessing', async () => {
    const script = path.join(folder, 'pool.py');
    writeFileSync(
      script,
      `import multiprocessing, time
def work(n):
    time.sleep(0.02)
    return n * n
if __name__ == '__main__':
    with multiprocessing.Pool(3) as pool:
        assert sum(pool.map(work, range(60))) == 70210
`,
    );
    await batchCase('/usr/bin/python3', [script], folder);
  });

  it('sqlite3', async () => {
    const sql = path.join(folder, 'work.sql');
    const inserts = Array.from({ length: 60 }, (_, i) => `insert into t values(${i}, hex(randomblob(2000)));`).join(
      '\n',
    );
    writeFileSync(sql, `create table t(a, b);\n${inserts}\nselect count(*), length(group_concat(b)) from t;\n`);
    await batchCase('/usr/bin/sqlite3', [path.join(folder, 'db'), `.read ${sql}`], folder);
  });

  it('tar with gzip', () =>
    batchCase('/bin/tar', ['-czf', path.join(folder, 'doc.tar.gz'), '-C', '/usr/share', 'perl'], folder));

  it('git clone', async () => {
    const source = path.join(folder, 'source');
    mkdirSync(source);
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd: source,
        stdio: 'ignore',
      });
    };
    git('init');
    for (let i = 0; i < 20; i++) writeFileSync(path.join(source, `file${i}`), String(i).repeat(5000));
    git('add', '.');
    git('commit', '-m', 'files');
    await batchCase('/usr/bin/git', ['clone', `file://${source}`, path.join(folder, 'copy')], folder);
  });
});

/** Starts load when the port answers, compares while clients are there and after, then ends the server. */
async function serverCase(server: TracedProgram, port: number, load: () => Promise<void>): Promise<void> {
  try {
    for (let i = 0; !(await answers(port)); i++) {
      assert.ok(i < 200 && !server.hasEnded, 'the server did not start');
      await sleep(50);
    }
    await load();
    await sleep(300);
    agree(await server.compare());
    server.signal('SIGTERM');
    await server.ended();
    assert.deepEqual(account(server.trace()), []);
  } finally {
    server.signal('SIGKILL');
    await server.ended();
    server.remove();
  }
}

/** Compares at a few instants of a program that ends by itself. */
async function batchCase(program: string, args: string[], cwd: string): Promise<void> {
  const traced = await TracedProgram.start(program, args, { cwd });
  let compared = 0;
  try {
    for (let i = 0; i < 8 && !traced.hasEnded; i++) {
      await sleep(120);
      if (traced.hasEnded) break;
      const comparison = await traced.compare();
      agree(comparison);
      compared += comparison.processes;
    }
    assert.equal(await traced.ended(), 0);
    assert.ok(compared > 0, 'no process could be compared');
    assert.deepEqual(account(traced.trace()), []);
  } finally {
    if (!traced.hasEnded) traced.signal('SIGKILL');
    traced.remove();
  }
}

function agree({ differences }: Comparison): void {
  assert.deepEqual(differences, []);
}

/** Sends a request on a connection of its own and resolves with the first answer. */
function say(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.once('error', reject);
    socket.once('data', data => {
      socket.destroy();
      resolve(data.toString('latin1'));
    });
  });
}

async function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
