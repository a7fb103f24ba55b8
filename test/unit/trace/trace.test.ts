import assert from 'node:assert/strict';
import { SliceFlag, syscallClasses, threadStates } from '../../../src/trace/api.js';
import { at, everything, traceOf } from './traceFixture.js';

const log = [
  `10 ${at(0)} execve("./a", ["./a"], 0x7ffc /* 3 vars */) = 0 <0.000100>`,
  `10 ${at(200)} openat(AT_FDCWD, "/etc/nothing", O_RDONLY) = -1 ENOENT (No such file or directory) <0.000010>`,
  `10 ${at(300)} clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f) = 11 <0.000050>`,
  `11 ${at(360)} write(7<pipe:[1]>, "a) = 3", 6 <unfinished ...>`,
  `10 ${at(400)} wait4(11,  <unfinished ...>`,
  `11 ${at(450)} <... write resumed>) = 6 <0.000090>`,
  `11 ${at(500)} exit_group(3) = ?`,
  `11 ${at(600)} +++ exited with 3 +++`,
  `10 ${at(700)} <... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 11 <0.000300>`,
  `10 ${at(710)} --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=11, si_uid=0, si_status=3} ---`,
  `hello from the program`,
  `10 ${at(800)} mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, -1, 0) = 0x7f5e3c021000 <0.000010>`,
  `10 ${at(900)} kill(10, SIGTERM) = 0 <0.000010>`,
  `10 ${at(920)} --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=10, si_uid=0} ---`,
  `10 ${at(1000)} +++ killed by SIGTERM +++`,
  '',
].join('\n');

const rowOf = (trace: ReturnType<typeof traceOf>, name: string): number =>
  trace.events({ ...everything, filter: { syscalls: [name] }, offset: 0, limit: 1 }).items[0]?.row ?? -1;

describe('trace', () => {
  it('answers the same whatever the chunks it is fed with', () => {
    const whole = traceOf(log);
    const wide = { startNs: 0, endNs: 1_100_000, widthPx: 500, lanes: [0, 1], filter: null };
    for (const chunkBytes of [1, 7, 64]) {
      const cut = traceOf(log, { chunkBytes });
      assert.deepEqual({ ...cut.summary(), revision: 0 }, { ...whole.summary(), revision: 0 });
      assert.deepEqual({ ...cut.window(wide), revision: 0 }, { ...whole.window(wide), revision: 0 });
      assert.deepEqual(
        cut.events({ ...everything, offset: 0, limit: 100 }),
        whole.events({ ...everything, offset: 0, limit: 100 }),
      );
    }
  });

  it('counts lines, completed calls, failures and text', () => {
    const { lines, events, rows, failedEvents, textLines, processes, liveProcesses, endNs } = traceOf(log).summary();
    assert.deepEqual(
      { lines, events, rows, failedEvents, textLines, processes, liveProcesses, endNs },
      {
        lines: 15,
        events: 8,
        rows: 13,
        failedEvents: 1,
        textLines: 1,
        processes: 2,
        liveProcesses: 0,
        endNs: 1_000_000,
      },
    );
  });

  it('tells everything about a call that was printed in two parts', () => {
    const trace = traceOf(log);
    const wait = trace.event(rowOf(trace, 'wait4'));
    assert.equal(wait?.startNs, 400_000);
    assert.equal(wait?.endNs, 700_000);
    assert.equal(wait?.flags, SliceFlag.Blocked);
    assert.equal(wait?.returnText, '11');
    assert.deepEqual(
      wait?.rawLines.map(raw => raw.line),
      [4, 8],
    );
    assert.deepEqual(
      wait?.args.map(arg => arg.text),
      ['11', '[{WIFEXITED(s) && WEXITSTATUS(s) == 3}]', '0', 'NULL'],
    );
    const { items } = trace.events({ ...everything, filter: { syscalls: ['wait4'] }, offset: 0, limit: 1 });
    assert.equal(items[0]?.text, 'wait4(11, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 11 <0.000300>');
  });

  it('reads results back exactly, past strings that look like one', () => {
    const trace = traceOf(log);
    assert.equal(trace.event(rowOf(trace, 'write'))?.returnText, '6');
    assert.equal(trace.event(rowOf(trace, 'mmap'))?.returnValue, 0x7f5e3c021000);
    assert.equal(trace.event(rowOf(trace, 'openat'))?.returnText, '-1 ENOENT (No such file or directory)');
    assert.equal(trace.event(rowOf(trace, 'openat'))?.errno, 'ENOENT');
  });

  it('lets a call that never returns last until its thread ends', () => {
    const trace = traceOf(log);
    const exit = trace.event(rowOf(trace, 'exit_group'));
    assert.equal(exit?.flags, SliceFlag.NoReturn);
    assert.equal(exit?.endNs, 600_000);
  });

  it('marks signals, and the one that killed', () => {
    const { signals } = traceOf(log).window({
      startNs: 0,
      endNs: 1_100_000,
      widthPx: 500,
      lanes: [0, 1],
      filter: null,
    });
    assert.deepEqual(
      signals.map(({ signal, thread, fatal }) => ({ signal, thread, fatal })),
      [
        { signal: 'SIGCHLD', thread: 0, fatal: false },
        { signal: 'SIGTERM', thread: 0, fatal: true },
      ],
    );
  });

  it('finds events by every kind of condition', () => {
    const trace = traceOf(log);
    const found = (filter: Parameters<typeof trace.countMatches>[0]): string[] =>
      trace.events({ ...everything, filter, offset: 0, limit: 100 }).items.map(item => item.name);
    assert.deepEqual(found({ failed: true }), ['openat']);
    assert.deepEqual(found({ errnos: ['ENOENT'] }), ['openat']);
    assert.deepEqual(found({ errnos: ['EPERM'] }), []);
    assert.deepEqual(found({ fds: [7] }), ['write']);
    assert.deepEqual(found({ pids: [11] }), ['write', 'exit_group', '']);
    assert.deepEqual(found({ minDurationNs: 200_000 }), ['wait4']);
    assert.deepEqual(found({ path: '/etc/*' }), ['openat']);
    assert.deepEqual(found({ path: 'nothing' }), ['openat']);
    assert.deepEqual(found({ text: 'FROM the program' }), ['']);
    assert.deepEqual(found({ classes: ['memory'] }), ['mmap']);
    // The signal, and the death by it.
    assert.deepEqual(found({ syscalls: ['SIGTERM'] }), ['SIGTERM', 'SIGTERM']);
    assert.deepEqual(found({ pids: [10], failed: true, path: '/usr/*' }), []);
  });

  it('steps from match to match and from event to event of a lane', () => {
    const trace = traceOf(log);
    const filter = { pids: [11] };
    const first = trace.nextMatch({ filter, row: -1, step: 1 });
    assert.equal(first, rowOf(trace, 'write'));
    assert.equal(trace.nextMatch({ filter, row: first ?? 0, step: 1 }), rowOf(trace, 'exit_group'));
    assert.equal(trace.nextMatch({ filter, row: first ?? 0, step: -1 }), null);
    assert.equal(trace.countMatches(filter), 3);
    assert.equal(trace.eventAt({ thread: 0, atNs: 450_000 }), rowOf(trace, 'wait4'));
    assert.equal(trace.eventAt({ thread: 1, atNs: 0 }), null);
    assert.equal(trace.neighbour({ thread: 0, row: rowOf(trace, 'wait4'), step: 1 }), rowOf(trace, 'SIGCHLD'));
    assert.equal(trace.neighbour({ thread: 0, row: 0, step: -1 }), null);
  });

  it('sums calls by syscall, in a range only what lies inside it', () => {
    const trace = traceOf(log);
    const wait = (rows: ReturnType<typeof trace.summarize>) => rows.find(row => row.name === 'wait4');
    assert.equal(wait(trace.summarize(everything))?.totalNs, 300_000);
    const inside = trace.summarize({ ...everything, startNs: 500_000, endNs: 650_000 });
    assert.deepEqual(inside.map(row => row.name).sort(), ['exit_group', 'wait4']);
    assert.equal(wait(inside)?.totalNs, 150_000);
    assert.equal(wait(inside)?.maxNs, 300_000);
    assert.deepEqual(wait(trace.summarize({ ...everything, lanes: [1] })), undefined);
  });

  it('shows the time before a reap as a zombie, over the strip', () => {
    const window = traceOf(log).window({ startNs: 0, endNs: 1_000_000, widthPx: 1000, lanes: [1], filter: null });
    const states = [...window.state].map(state => threadStates[state]);
    assert.equal(states.at(-1), 'zombie');
    assert.equal(window.stateStartNs.at(-1), 600_000);
    assert.equal(window.zombies.length, 1);
  });

  it('keeps the sums of the overview at any number of columns', () => {
    const trace = traceOf(log);
    for (const columns of [1, 3, 10, 999, 5000]) {
      const { counts, failed } = trace.overview(columns);
      assert.equal(counts.length, syscallClasses.length * columns);
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        trace.summary().rows,
      );
      assert.equal(
        failed.reduce((sum, count) => sum + count, 0),
        1,
      );
    }
  });

  it('draws a log without times in the order of its lines', () => {
    const trace = traceOf(
      'getpid() = 1\nopen("/x", O_RDONLY) = -1 ENOENT (No such file or directory)\nread(3, "", 10) = 0\n',
    );
    const { items } = trace.events({ ...everything, offset: 0, limit: 10 });
    assert.deepEqual(
      items.map(item => item.name),
      ['getpid', 'open', 'read'],
    );
    for (let i = 1; i < items.length; i++) assert.ok(items[i]!.startNs > items[i - 1]!.startNs);
    assert.equal(trace.event(1)?.endNs, null);
  });

  it('keeps calls of a thread apart when -T says they overlap, or the clock was set back', () => {
    const trace = traceOf(
      `1 ${at(100)} read(3, "", 1) = 0 <0.000500>\n1 ${at(200)} read(4, "", 1) = 0 <0.000010>\n1 ${at(50)} read(5, "", 1) = 0 <0.000010>\n`,
    );
    const { sliceStartNs, sliceEndNs } = trace.window({
      startNs: 0,
      endNs: 1e6,
      widthPx: 1000,
      lanes: [0],
      filter: null,
    });
    for (let i = 1; i < sliceStartNs.length; i++) assert.ok(sliceStartNs[i]! >= sliceEndNs[i - 1]!);
  });

  it('grows what is open with the clock, and not after its end', () => {
    const trace = traceOf(`1 ${at(0)} pause( <unfinished ...>\n`, { end: false });
    trace.tick(BigInt(1_700_000_005) * 1_000_000_000n);
    assert.equal(trace.summary().endNs, 5e9);
    const open = { startNs: 0, endNs: 1e10, widthPx: 100, lanes: [0], filter: null };
    assert.equal(trace.window(open).sliceEndNs[0], 5e9);
    assert.equal(trace.window(open).sliceFlags[0], SliceFlag.Open | SliceFlag.Blocked);
    trace.end();
    trace.tick(BigInt(1_700_000_009) * 1_000_000_000n);
    assert.equal(trace.summary().endNs, 0);
  });

  it('reads the stack of a call, and of exit_group after the line of its end', () => {
    const trace = traceOf(
      [
        `1 ${at(0)} close(100) = -1 EBADF (Bad file descriptor) <0.000010>`,
        ' > /lib/libc.so.6(__close+0x10) [0xf89f0]',
        ' > /home/u/s0(main+0x12) [0x12c6]',
        `1 ${at(100)} exit_group(0) = ?`,
        `1 ${at(200)} +++ exited with 0 +++`,
        ' > /lib/libc.so.6(_exit+0x10) [0xe0]',
        '',
      ].join('\n'),
    );
    assert.deepEqual(
      trace.event(0)?.stack.map(frame => frame.symbol),
      ['__close', 'main'],
    );
    assert.deepEqual(
      trace.event(1)?.stack.map(frame => frame.symbol),
      ['_exit'],
    );
  });

  it('has no answer for rows, threads and processes that do not exist', () => {
    const trace = traceOf(log);
    for (const row of [-1, 13, 1.5, NaN]) assert.equal(trace.event(row), null);
    assert.equal(trace.eventAt({ thread: 99, atNs: 0 }), null);
    const window = trace.window({ startNs: 0, endNs: 1, widthPx: 10, lanes: [99], filter: null });
    assert.deepEqual([...window.laneOffsets], [0, 0]);
    assert.equal(traceOf('').summary().rows, 0);
    assert.deepEqual(traceOf('').events({ ...everything, offset: 0, limit: 10 }), { total: 0, items: [] });
  });
});
