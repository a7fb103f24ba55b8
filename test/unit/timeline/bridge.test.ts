import assert from 'node:assert/strict';
import type { TraceSession } from '../../../src/session/session.js';
import type { TraceSummary } from '../../../src/trace/api.js';
import type { TraceSource } from '../../../src/trace/traceSource.js';
import { TimelineBridge, type BridgeServices } from '../../../src/views/timeline/bridge.js';
import type { ToHost, ToWebview } from '../../../src/views/timeline/protocol.js';
import { timelineStrings } from '../../../src/views/timeline/strings.js';

const summary = { revision: 7, endNs: 1000, rows: 3 } as TraceSummary;

/** A listener list that behaves like vscode's Event. */
class Signal<T> {
  readonly listeners = new Set<(value: T) => unknown>();
  readonly event = (listener: (value: T) => unknown) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
}

function fakeTrace(parts: Partial<TraceSource> = {}) {
  const changed = new Signal<TraceSummary>();
  const trace = {
    latest: summary,
    onChange: (listener: (value: TraceSummary) => void) => {
      const { dispose } = changed.event(listener);
      return dispose;
    },
    ...parts,
  } as unknown as TraceSource;
  return { trace, changed };
}

function fakeSession(trace: TraceSource | undefined, parts: Partial<TraceSession> = {}) {
  const changed = new Signal<void>();
  const session = {
    id: 's1', title: 'a.c', phase: 'live', saved: false, notice: undefined, trace, onDidChange: changed.event, ...parts,
  } as unknown as TraceSession; // prettier-ignore
  return { session: session as { -readonly [K in keyof TraceSession]: TraceSession[K] }, changed };
}

function setUp() {
  const incoming = new Signal<ToHost>();
  const sent: ToWebview[] = [];
  const heard: string[] = [];
  const services: BridgeServices = {
    log: {
      error: message => heard.push(`error ${message}`),
      warn: message => heard.push(`warn ${message}`),
      info: message => heard.push(`info ${message}`),
      debug: () => {},
    },
    strings: timelineStrings({ t: message => message }),
    findings: () => [],
    finding: () => {},
    words: detail => ({ call: [{ text: detail.name, role: 'name' }], rows: [] }),
    page: () => Promise.resolve({ lead: '', sections: [], empty: '' }),
    canTraceAgain: () => true,
    command: (_session, { command }) => heard.push(`command ${command}`),
    stack: async () => undefined,
    source: () => undefined,
    goToSource: (_session, row, frame) => heard.push(`source ${row} ${frame ?? ''}`.trim()),
    canLocate: () => true,
    locateInSource: (_session, row) => heard.push(`locate ${row}`),
    selected: (_session, { row }) => heard.push(`selected ${row}`),
  };
  const port = {
    postMessage: (message: ToWebview) => {
      sent.push(message);
      return Promise.resolve(true);
    },
    onDidReceiveMessage: incoming.event,
  };
  const bridge = new TimelineBridge(port, services);
  const types = () => sent.map(message => message.type);
  return { bridge, sent, heard, types, receive: (message: ToHost) => incoming.fire(message), incoming };
}

/** Promises that are settled already have run their continuations. */
const settle = () => new Promise(resolve => setImmediate(resolve));

describe('the host side of a timeline', () => {
  it('sends nothing before the webview is ready, then the trace with its strings', () => {
    const { bridge, sent, receive } = setUp();
    bridge.show(fakeSession(fakeTrace().trace).session);
    assert.equal(sent.length, 0);
    receive({ type: 'ready' });
    const first = sent.at(0);
    assert.ok(first?.type === 'trace');
    assert.deepEqual(first.trace, {
      id: 's1', title: 'a.c', phase: 'live', saved: false, canTraceAgain: true, notice: null,
    }); // prettier-ignore
    assert.equal(first.summary, summary);
    assert.equal(first.strings.stop, 'Stop');
  });

  it('shows the empty state when there is no session', () => {
    const { sent, receive } = setUp();
    receive({ type: 'ready' });
    assert.ok(sent[0]?.type === 'trace' && sent[0].trace === null && sent[0].summary === null);
  });

  it('answers a request from the trace of the session, with the words of an event', async () => {
    const { bridge, sent, receive } = setUp();
    const { trace } = fakeTrace({
      event: async row => ({ row, name: 'read' }) as never,
      context: async () => null,
    });
    bridge.show(fakeSession(trace).session);
    receive({ type: 'ready' });
    receive({ type: 'request', seq: 4, method: 'event', argument: { row: 12 } });
    await settle();
    assert.deepEqual(sent.at(-1), {
      type: 'response',
      seq: 4,
      result: {
        ok: { detail: { row: 12, name: 'read' }, words: { call: [{ text: 'read', role: 'name' }], rows: [] } },
      },
    });
  });

  it('passes every method with its arguments to the trace', async () => {
    const { bridge, receive, sent } = setUp();
    const calls: unknown[][] = [];
    const note =
      (name: string) =>
      async (...values: unknown[]) =>
        void calls.push([name, ...values]);
    const names = ['lanes', 'laneIndex', 'window', 'overview', 'event', 'neighbour', 'eventAt', 'nextMatch', 'countMatches', 'events', 'summarize'] as const; // prettier-ignore
    const { trace } = fakeTrace(Object.fromEntries(names.map(name => [name, note(name)])) as never);
    bridge.show(fakeSession(trace).session);
    receive({ type: 'ready' });
    const argument = { thread: 1, folded: [2], root: 3, columns: 4, row: 5, filter: { text: 'x' } };
    for (const [seq, method] of names.entries()) receive({ type: 'request', seq, method, argument });
    await settle();
    assert.deepEqual(calls.map(([name]) => name).sort(), [...names].sort()); // prettier-ignore
    assert.deepEqual(
      calls.find(([name]) => name === 'laneIndex'),
      ['laneIndex', 1, { folded: [2], root: 3 }],
    );
    assert.deepEqual(
      calls.find(([name]) => name === 'overview'),
      ['overview', 4],
    );
    assert.deepEqual(
      calls.find(([name]) => name === 'countMatches'),
      ['countMatches', { text: 'x' }],
    );
    assert.equal(sent.filter(message => message.type === 'response').length, names.length);
  });

  it('answers with an error when the trace fails or is not there', async () => {
    const { bridge, sent, receive } = setUp();
    receive({ type: 'ready' });
    receive({ type: 'request', seq: 1, method: 'overview', argument: { columns: 1 } });
    await settle();
    assert.deepEqual(sent.at(-1), {
      type: 'response', seq: 1, result: { err: { code: 'NoTrace', message: 'There is no trace to ask.' } },
    }); // prettier-ignore
    const { trace } = fakeTrace({ overview: () => Promise.reject(new RangeError('too many')) });
    bridge.show(fakeSession(trace).session);
    receive({ type: 'request', seq: 2, method: 'overview', argument: { columns: 1 } });
    await settle();
    assert.deepEqual(sent.at(-1), {
      type: 'response', seq: 2, result: { err: { code: 'RangeError', message: 'too many' } },
    }); // prettier-ignore
  });

  it('tells a visible webview that the trace grew, and a hidden one nothing until it is shown again', () => {
    const { bridge, types, receive } = setUp();
    const { trace, changed } = fakeTrace();
    bridge.show(fakeSession(trace).session);
    receive({ type: 'ready' });
    changed.fire(summary);
    assert.deepEqual(types(), ['trace', 'changed']);
    bridge.setVisible(false);
    changed.fire(summary);
    assert.deepEqual(types(), ['trace', 'changed']);
    bridge.setVisible(true);
    assert.deepEqual(types(), ['trace', 'changed', 'trace']);
  });

  it('sends the trace anew when a session that was compiling gets one', () => {
    const { bridge, sent, receive } = setUp();
    const { session, changed } = fakeSession(undefined, { phase: 'compiling' });
    bridge.show(session);
    receive({ type: 'ready' });
    assert.ok(sent[0]?.type === 'trace' && sent[0].trace?.phase === 'compiling' && sent[0].summary === null);
    const { trace, changed: grew } = fakeTrace();
    session.trace = trace;
    session.phase = 'live';
    changed.fire();
    assert.ok(sent[1]?.type === 'trace' && sent[1].summary === summary);
    grew.fire(summary);
    assert.equal(sent[2]?.type, 'changed');
  });

  it('no longer listens to the session that it showed before', () => {
    const { bridge, types, receive } = setUp();
    const former = fakeTrace();
    const formerSession = fakeSession(former.trace);
    bridge.show(formerSession.session);
    receive({ type: 'ready' });
    bridge.show(fakeSession(fakeTrace().trace, { id: 's2' }).session);
    former.changed.fire(summary);
    formerSession.changed.fire();
    assert.deepEqual(types(), ['trace', 'trace']);
    assert.equal(former.changed.listeners.size, 0);
  });

  it('keeps what it is asked to show until the webview can show it', () => {
    const { bridge, types, sent, receive } = setUp();
    bridge.show(fakeSession(fakeTrace().trace).session);
    bridge.tell({ type: 'reveal', thread: 3, row: null });
    assert.deepEqual(types(), []);
    receive({ type: 'ready' });
    assert.deepEqual(types(), ['trace', 'reveal']);
    assert.deepEqual(sent[1], { type: 'reveal', thread: 3, row: null });
  });

  it('hands commands, selections, source lines and log messages on', () => {
    const { bridge, heard, receive } = setUp();
    bridge.show(fakeSession(fakeTrace().trace).session);
    receive({ type: 'command', command: 'stop' });
    receive({ type: 'selected', row: 3, thread: 1, process: 1 });
    receive({ type: 'goToSource', row: 9 });
    receive({ type: 'locateInSource', row: 9 });
    receive({ type: 'log', level: 'warn', message: 'slow' });
    assert.deepEqual(heard, ['command stop', 'selected 3', 'source 9', 'locate 9', 'warn Timeline: slow']);
  });

  it('is silent after disposal', () => {
    const { bridge, sent, receive, incoming } = setUp();
    const { trace, changed } = fakeTrace();
    bridge.show(fakeSession(trace).session);
    receive({ type: 'ready' });
    bridge.dispose();
    changed.fire(summary);
    assert.equal(sent.length, 1);
    assert.equal(incoming.listeners.size, 0);
    assert.equal(changed.listeners.size, 0);
  });
});
