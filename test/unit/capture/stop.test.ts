/** Stop against a system that the test plays: who is signalled, with what, in which order. */

import assert from 'node:assert/strict';
import { stopTracees, type ProcessTable } from '../../../src/trace/capture/stop.js';

/** A strace (pid 100) and its tracees; time passes only by sleeping. */
class PlayedSystem implements ProcessTable {
  readonly sent: string[] = [];
  readonly tracees = new Set<number>();
  tracerAlive = true;
  now = 0;
  /** What a signal does; by default everything ends a tracee but what it ignores. */
  onSignal = (pid: number, _signal: NodeJS.Signals): void => void this.tracees.delete(pid);
  /** strace ends with its last tracee. */
  tracerFollows = true;

  constructor(...pids: number[]) {
    for (const pid of pids) this.tracees.add(pid);
  }
  traceesOf = (tracerPid: number): number[] => (tracerPid === 100 ? [...this.tracees] : []);
  isAlive = (): boolean => this.tracerAlive && !(this.tracerFollows && this.tracees.size === 0);
  nowMs = (): number => this.now;
  sleep = async (ms: number): Promise<void> => void (this.now += ms);
  signal = (pid: number, signal: NodeJS.Signals): void => {
    this.sent.push(`${signal} ${pid}`);
    if (pid === 100) this.tracerAlive = false;
    else this.onSignal(pid, signal);
  };
}
const tracer = { pid: 100, startTicks: 1 };
const ignoring = (system: PlayedSystem, ...stubborn: number[]) => {
  system.onSignal = (pid, signal) => {
    if (signal === 'SIGKILL' || !stubborn.includes(pid)) system.tracees.delete(pid);
  };
};

describe('stopping', () => {
  it('asks the tracees and never strace', async () => {
    const system = new PlayedSystem(101, 102);
    assert.deepEqual(await stopTracees(tracer, 2000, system), { asked: 2, killed: 0, ended: true });
    assert.deepEqual(system.sent, ['SIGTERM 101', 'SIGCONT 101', 'SIGTERM 102', 'SIGCONT 102']);
  });

  it('kills what ignores the question, after the grace time and not before', async () => {
    const system = new PlayedSystem(101, 102);
    ignoring(system, 102);
    const report = await stopTracees(tracer, 500, system);
    assert.deepEqual(report, { asked: 2, killed: 1, ended: true });
    assert.equal(system.sent.at(-1), 'SIGKILL 102');
    assert.ok(system.now >= 500, `killed after ${system.now} ms`);
    assert.equal(system.sent.filter(signal => signal === 'SIGTERM 102').length, 1);
  });

  it('asks nobody when there is no grace time', async () => {
    const system = new PlayedSystem(101);
    await stopTracees(tracer, 0, system);
    assert.deepEqual(system.sent, ['SIGKILL 101']);
  });

  it('also asks children that are born meanwhile', async () => {
    const system = new PlayedSystem(101);
    system.onSignal = (pid, signal) => {
      if (pid === 101 && signal === 'SIGTERM') system.tracees.add(103); // its handler forks
      if (signal !== 'SIGCONT') system.tracees.delete(pid);
    };
    assert.deepEqual(await stopTracees(tracer, 2000, system), { asked: 2, killed: 0, ended: true });
  });

  it('ends a strace that waits for a child that it only inherited', async () => {
    const system = new PlayedSystem();
    system.tracerFollows = false;
    assert.equal((await stopTracees(tracer, 100, system)).ended, true);
    assert.deepEqual(system.sent, ['SIGKILL 100']);
  });

  it('gives up on what cannot be killed, and says so', async () => {
    const system = new PlayedSystem(101);
    system.onSignal = () => {};
    assert.equal((await stopTracees(tracer, 0, system)).ended, false);
    assert.ok(!system.sent.includes('SIGKILL 100'), 'strace must not go before its tracee');
  });

  it('does nothing to a strace that has ended', async () => {
    const system = new PlayedSystem();
    assert.deepEqual(await stopTracees(tracer, 2000, system), { asked: 0, killed: 0, ended: true });
    assert.deepEqual(system.sent, []);
  });
});
