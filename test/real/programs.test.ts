/**
 * Programs from Debian packages that nobody here wrote, traced and compared with what the kernel says of them meanwhile: open
 * descriptors, memory maps and children. And no rule finds anything in them at warning or above.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Trace } from '../../src/trace/trace.js';
import { account } from './agreement.js';
import { FindingsTable } from './findingsTable.js';
import { answers, freePort, PostgresCluster, say } from './servers.js';
import { TracedProgram, type Comparison } from './tracedProgram.js';

describe('real programs', function () {
  this.timeout(120_000);
  const table = new FindingsTable();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'syscape-program-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('nginx with two workers', async () => {
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
    const options = ['-c', `${folder}/nginx.conf`, '-e', `${folder}/error.log`];
    const trace = await traceServer('/usr/sbin/nginx', options, () => answers(port), {
      load: async () => {
        for (let i = 0; i < 100; i++) await (await fetch(`http://127.0.0.1:${port}/page.txt`)).arrayBuffer();
      },
    });
    const did = 'master and two workers, 100 requests, SIGTERM';
    table.add({ name: 'nginx', version: ['/usr/sbin/nginx', '-v'], did }, trace);
  });

  it('redis-server', async () => {
    const port = await freePort();
    const options = ['--port', String(port), '--dir', folder, '--save', ''];
    const trace = await traceServer('/usr/bin/redis-server', options, () => answers(port), {
      load: async () => {
        execFileSync('redis-benchmark', ['-p', String(port), '-n', '300', '-c', '10', '-q', '-t', 'set,get'], {
          stdio: 'ignore',
        });
        assert.match(await say(port, 'BGSAVE\r\n'), /started/);
        while (/rdb_bgsave_in_progress:1/.test(await say(port, 'INFO persistence\r\n'))) await sleep(20);
      },
    });
    const did = '600 requests of ten clients, a background save, SIGTERM';
    table.add({ name: 'redis-server', version: ['redis-server', '--version'], did }, trace);
  });

  it('memcached', async () => {
    const port = await freePort();
    const options = ['-l', '127.0.0.1', '-p', String(port), '-U', '0', '-u', 'root', '-t', '4'];
    const trace = await traceServer('/usr/bin/memcached', options, () => answers(port), {
      load: async () => {
        for (let i = 0; i < 20; i++) assert.match(await say(port, `set k${i} 0 0 2\r\nhi\r\n`), /^STORED/);
      },
    });
    const did = 'four threads, 20 connections, SIGTERM';
    table.add({ name: 'memcached', version: ['memcached', '--version'], did }, trace);
  });

  it("PostgreSQL's initdb and server", async () => {
    const cluster = new PostgresCluster(folder, await freePort());
    const made = await traceBatch(...cluster.initdb(), folder);
    // The log shows openat without O_CLOEXEC, then a shell and `locale -a` that have all of them.
    const proof = { 'missing-cloexec': 'its data files are open in `locale -a` (version 16 sets O_CLOEXEC)' };
    table.add({ name: 'initdb', version: cluster.version, did: 'a new PostgreSQL cluster', true: proof }, made);
    const served = await traceServer(...cluster.server(), () => Promise.resolve(cluster.isReady()), {
      load: () => {
        cluster.query('create table t(a int primary key, b text)');
        cluster.query('insert into t select i, md5(i::text) from generate_series(1, 5000) i; analyze t; checkpoint');
        assert.equal(cluster.query('select count(*), max(length(b)) from t').trim(), '5000|32');
        assert.throws(() => cluster.query('select 1/0'));
        cluster.query('set max_parallel_workers_per_gather = 2; select sum(a) from t; drop table t');
        cluster.query('vacuum');
        return Promise.resolve();
      },
      stop: () => {
        cluster.stop();
      },
    });
    const did = 'PostgreSQL server: five sessions, checkpoint, vacuum, fast shutdown';
    table.add({ name: 'postgres', version: cluster.version, did }, served);
  });

  it('a shell pipeline', async () => {
    const script = `for i in 1 2 3; do find /usr/share/doc -maxdepth 1 | sort | uniq | wc -l; done
      yes | head -1; (sleep 0.1; echo x) & wait`;
    const trace = await traceBatch('/bin/sh', ['-c', script], folder);
    const did = 'pipelines of four programs, `yes \\| head`, a background job';
    table.add({ name: 'sh', version: ['sort', '--version'], did }, trace);
  });

  it('make -j4', async () => {
    const targets = Array.from({ length: 12 }, (_, i) => `t${i}`);
    const rules = targets.map(t => `${t}:\n\tsleep 0.1; echo ${t} | cat > ${t}.out`).join('\n');
    writeFileSync(path.join(folder, 'Makefile'), `all: ${targets.join(' ')}\n${rules}\n`);
    const trace = await traceBatch('/usr/bin/make', ['-j4', '-C', folder], folder);
    table.add({ name: 'make -j4', version: ['make', '--version'], did: 'twelve targets with pipelines' }, trace);
  });

  it('gcc', async () => {
    const sources = ['a', 'b', 'c', 'd', 'e', 'f'].map(name => path.join(folder, `${name}.c`));
    for (const source of sources) writeFileSync(source, '#include <pthread.h>\n#include <stdio.h>\n');
    writeFileSync(sources[0]!, '#include <stdio.h>\nint main(void) { return puts("hello") < 0; }\n');
    const trace = await traceBatch('/usr/bin/gcc', ['-O2', '-o', path.join(folder, 'hello'), ...sources], folder);
    table.add({ name: 'gcc', version: ['gcc', '--version'], did: 'compiled six files and linked them' }, trace);
  });

  it('python3 multiprocessing', async () => {
    const script = path.join(folder, 'pool.py');
    writeFileSync(
      script,
      `import multiprocessing, time
def work(n):
    time.sleep(0.02)
    return n * n
def put(queue, n):
    queue.put(n)
if __name__ == '__main__':
    with multiprocessing.Pool(3) as pool:
        assert sum(pool.map(work, range(60))) == 70210
    queue = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=put, args=(queue, n)) for n in range(3)]
    for process in processes: process.start()
    assert sum(queue.get() for _ in processes) == 3
    for process in processes: process.join()
`,
    );
    const trace = await traceBatch('/usr/bin/python3', [script], folder);
    const did = 'multiprocessing: a pool of three, three processes with a queue';
    table.add({ name: 'python3', version: ['python3', '--version'], did }, trace);
  });

  it('sqlite3', async () => {
    const sql = path.join(folder, 'work.sql');
    const inserts = Array.from({ length: 60 }, (_, i) => `insert into t values(${i}, hex(randomblob(2000)));`);
    writeFileSync(
      sql,
      `create table t(a, b);\n${inserts.join('\n')}\nselect count(*), length(group_concat(b)) from t;\n`,
    );
    const trace = await traceBatch('/usr/bin/sqlite3', [path.join(folder, 'db'), `.read ${sql}`], folder);
    table.add({ name: 'sqlite3', version: ['sqlite3', '--version'], did: '60 inserts, each synced; a select' }, trace);
  });

  it('tar with gzip', async () => {
    const archive = path.join(folder, 'doc.tar.gz');
    const trace = await traceBatch('/bin/tar', ['-czf', archive, '-C', '/usr/share', 'perl'], folder);
    table.add({ name: 'tar', version: ['tar', '--version'], did: '`tar -czf`, so gzip behind a pipe' }, trace);
  });

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
    const options = ['clone', `file://${source}`, path.join(folder, 'copy')];
    const trace = await traceBatch('/usr/bin/git', options, folder);
    table.add({ name: 'git', version: ['git', '--version'], did: 'clone of a local repository' }, trace);
  });

  it('are all in the table of docs/findings', () => {
    table.check();
  });
});

/** Starts the load when the server is ready, compares when it is through, ends the server; the whole trace. */
async function traceServer(
  program: string,
  args: string[],
  ready: () => Promise<boolean>,
  { load, stop }: { load: () => Promise<void>; stop?: () => void },
): Promise<Trace> {
  const server = await TracedProgram.start(program, args);
  try {
    for (let i = 0; !(await ready()); i++) {
      assert.ok(i < 200 && !server.hasEnded, 'the server did not start');
      await sleep(50);
    }
    await load();
    await sleep(300);
    agree(await server.compare());
    if (stop) stop();
    else server.signal('SIGTERM');
    await server.ended();
    const trace = server.trace();
    assert.deepEqual(account(trace), []);
    return trace;
  } finally {
    server.signal('SIGKILL');
    await server.ended();
    server.remove();
  }
}

/** Compares at a few instants of a program that ends by itself; the whole trace. */
async function traceBatch(program: string, args: string[], cwd: string): Promise<Trace> {
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
    const trace = traced.trace();
    assert.deepEqual(account(trace), []);
    return trace;
  } finally {
    if (!traced.hasEnded) traced.signal('SIGKILL');
    traced.remove();
  }
}

function agree({ differences }: Comparison): void {
  assert.deepEqual(differences, []);
}
