/**
 * How much longer a traced program runs when the worker follows its log, against bare strace with the same options.
 *
 * Two kinds of rounds, each with its runs in a random order. Where the scheduler places strace and its tracees makes a run twice as long
 * or short, whoever follows: so what a user has (`free`) takes many rounds and still has a wide interval. Kept on one processor
 * (`one`), runs are alike within a hundredth or two: there it shows whether strace itself pays for being followed.
 */

import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { randomFrom, shuffled } from './random.mjs';
import { median, ratioOf } from './statistics.mjs';

const run = promisify(execFile);

const FREE_MS = 28_000;
const ORDINARY_MS = 13_000;
const ONE_MS = 11_000;
const LEAST_ROUNDS = 4;
/** Bytes to and fro, about eight lines each: half a second of nothing but calls. */
const CALLS_ONLY = ['3000'];
/** As long, with two milliseconds of computing for each: a program as most are. */
const ORDINARY = ['150', '2000'];
/** Written bytes, of two a time, after which the worker's code counts as compiled. */
const COLD_WRITES = 2000;

/** Processor time so far of a process's first thread and of all, in milliseconds (field 1 of /proc/PID/schedstat). */
function processorTime(pid) {
  const times = readdirSync(`/proc/${pid}/task`).map(
    tid => Number(readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
  );
  return { thread: times[0], whole: times.reduce((sum, time) => sum + time, 0) };
}

/** Milliseconds that the log's calls took until COLD_WRITES of them were written, and from then on. */
function phasesIn(logPath) {
  const writes = [...readFileSync(logPath, 'utf8').matchAll(/^\d+ +(\d+\.\d+) write\(/gm)];
  const at = i => Number(writes.at(i)[1]) * 1000;
  return { cold: at(COLD_WRITES) - at(0), warm: at(-1) - at(COLD_WRITES) };
}

/** Follows a log while `traced` runs; what that took of the process that follows, in milliseconds. */
async function follow(core, worker, logPath, traced) {
  const client = new core.TraceClient(worker, { path: logPath, live: true });
  try {
    await client.summary();
    const started = processorTime(client.pid);
    const result = await traced();
    const { lines } = await client.finish();
    const ended = processorTime(client.pid);
    const following = {
      lines,
      startMs: started.whole,
      threadMs: ended.thread - started.thread,
      wholeMs: ended.whole - started.whole,
    };
    return { ...result, following };
  } finally {
    await client.dispose();
  }
}

/** Rounds of runs until the time is up; each round has a result for each turn. */
async function rounds(turns, ms, measure) {
  const random = randomFrom(1);
  const end = performance.now() + ms;
  const results = [];
  while (results.length < LEAST_ROUNDS || performance.now() < end) {
    const round = {};
    for (const turn of shuffled(turns, random)) round[turn] = await measure(turn);
    results.push(round);
  }
  return results;
}

export async function slowDown(core, worker, folder) {
  const programs = {};
  for (const name of ['timed', 'pingPong']) {
    programs[name] = path.join(folder, name);
    execFileSync('gcc', ['-O1', '-o', programs[name], path.join(import.meta.dirname, `${name}.c`)]);
  }
  const { version } = await core.probeStrace('strace');
  const logPath = path.join(folder, 'pingPong.strace');
  const measure = (processors, argv) => {
    const command = {
      logPath,
      program: programs.pingPong,
      args: argv,
      environment: {},
      syscalls: 'focus',
      stringLimit: 64,
    };
    const args = [processors, 'strace', ...core.straceArguments(version, command)];
    const traced = async () => {
      const { wall, user, system } = JSON.parse((await run(programs.timed, args)).stdout);
      return { wall, cpu: user + system, ...(argv === CALLS_ONLY ? phasesIn(logPath) : {}) };
    };
    return turn => {
      writeFileSync(logPath, '');
      return turn === 'followed' ? follow(core, worker, logPath, traced) : traced();
    };
  };
  // Bare strace twice: against itself it shows what is noise, and the followed run has two to be held against.
  const free = await rounds(['bare', 'again', 'followed'], FREE_MS, measure('free', CALLS_ONLY));
  const ordinary = await rounds(['bare', 'again', 'followed'], ORDINARY_MS, measure('free', ORDINARY));
  const one = await rounds(['bare', 'followed'], ONE_MS, measure('one', CALLS_ONLY));

  const against = (results, key) =>
    ratioOf(results.map(({ bare, again, followed }) => [bare, again].map(each => followed[key] / each[key])));
  const noise = results => ratioOf(results.map(({ bare, again }) => [again.wall / bare.wall]));
  const onOne = key => ratioOf(one.map(({ bare, followed }) => [followed[key] / bare[key]]));
  const following = free.map(({ followed }) => followed.following);
  const perThousand = key => median(following.map(each => (1000 * each[key]) / each.lines));
  return {
    bareMs: median(free.flatMap(({ bare, again }) => [bare.wall, again.wall])),
    lines: median(following.map(each => each.lines)),
    rounds: free.length,
    free: { wall: against(free, 'wall'), cold: against(free, 'cold'), warm: against(free, 'warm'), noise: noise(free) },
    ordinary: {
      wall: against(ordinary, 'wall'),
      noise: noise(ordinary),
      rounds: ordinary.length,
      lines: ordinary[0].followed.following.lines,
    },
    one: { wall: onOne('wall'), cpu: onOne('cpu'), rounds: one.length },
    following: {
      startMs: median(following.map(each => each.startMs)),
      threadMs: perThousand('threadMs'),
      wholeMs: perThousand('wholeMs'),
    },
  };
}
