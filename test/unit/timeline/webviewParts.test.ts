import assert from 'node:assert/strict';
import fc from 'fast-check';
import { timelineStrings } from '../../../src/views/timeline/strings.js';
import { contrast, css, inkOn, over, pixel, readable, type Rgba } from '../../../src/views/timeline/webview/colour.js';
import { savedLayout, savedPlace, toSaved } from '../../../src/views/timeline/webview/persist.js';
import { HostClient, HostError, Superseded } from '../../../src/views/timeline/webview/rpc.js';
import { initialState, Store, type Changes } from '../../../src/views/timeline/webview/store.js';

describe('questions to the host', () => {
  function setUp() {
    const sent: { seq: number }[] = [];
    const host = new HostClient(message => {
      if (message.type === 'request') sent.push(message);
    });
    const answer = (i: number, ok: unknown) =>
      host.receive({ type: 'response', seq: sent[i]?.seq ?? -1, result: { ok } });
    return { host, sent, answer };
  }

  it('are answered by their number, in any order', async () => {
    const { host, answer } = setUp();
    const [first, second] = [host.ask('countMatches', { filter: {} }), host.ask('countMatches', { filter: {} })];
    answer(1, 'second');
    answer(0, 'first');
    assert.deepEqual(await Promise.all([first, second]), ['first', 'second']);
  });

  it('end as superseded when a newer one of the same purpose was asked', async () => {
    const { host, answer } = setUp();
    const old = host.latest('event', 'event', { row: 1 });
    const fresh = host.latest('event', 'event', { row: 2 });
    answer(0, null);
    answer(1, null);
    await assert.rejects(old, Superseded);
    assert.equal(await fresh, null);
  });

  it('of another purpose do not disturb each other', async () => {
    const { host, answer } = setUp();
    const event = host.latest('event', 'event', { row: 1 });
    const tip = host.latest('tooltip', 'event', { row: 2 });
    answer(1, null);
    answer(0, null);
    assert.deepEqual(await Promise.all([event, tip]), [null, null]);
  });

  it('fail with the host’s code and message', async () => {
    const { host, sent } = setUp();
    const asked = host.ask('overview', { columns: 3 });
    host.receive({
      type: 'response',
      seq: sent[0]?.seq ?? -1,
      result: { err: { code: 'TraceClosedError', message: 'closed' } },
    });
    await assert.rejects(asked, new HostError('TraceClosedError', 'closed'));
  });

  it('about a former trace all end', async () => {
    const { host } = setUp();
    const asked = host.ask('overview', { columns: 3 });
    host.reset();
    await assert.rejects(asked, Superseded);
  });
});

describe('the state of the view', () => {
  it('tells its listeners once about all changes, and not of values that are the same', () => {
    const scheduled: (() => void)[] = [];
    const store = new Store(initialState, callback => scheduled.push(callback));
    const heard: Changes[] = [];
    store.subscribe((_state, changes) => heard.push(changes));
    store.set({});
    scheduled.shift()?.();
    assert.deepEqual([...(heard.shift() ?? [])].sort(), Object.keys(initialState).sort());
    store.set({ tab: 'events' });
    store.set({ cursorNs: 5, tab: 'events', drawerOpen: initialState.drawerOpen });
    assert.equal(store.state.cursorNs, 5);
    assert.deepEqual(heard, []);
    assert.equal(scheduled.length, 1);
    scheduled[0]?.();
    assert.deepEqual(heard.map(changes => [...changes].sort()), [['cursorNs', 'tab']]); // prettier-ignore
    store.set({ tab: 'events' });
    assert.equal(scheduled.length, 1);
  });

  it('survives a reload for the same trace, and only its layout for another', () => {
    const trace = { id: 't1', title: '', phase: 'ended', saved: true, canTraceAgain: false, notice: null } as const;
    const state = {
      ...initialState, trace, tab: 'summary', window: { startNs: 5, endNs: 9 }, row: 3, folded: new Set([4]),
      hiddenClasses: new Set([2]), filterText: 'read', nameWidthPx: 150,
    } as const; // prettier-ignore
    // As VS Code keeps it: JSON.
    const saved: unknown = JSON.parse(JSON.stringify(toSaved(state)));
    const layout = savedLayout(saved);
    assert.equal(layout.tab, 'summary');
    assert.equal(layout.nameWidthPx, 150);
    assert.deepEqual(layout.hiddenClasses, new Set([2]));
    const place = savedPlace(saved, 't1');
    assert.deepEqual(place.window, { startNs: 5, endNs: 9 });
    assert.deepEqual(place.folded, new Set([4]));
    assert.deepEqual(place.filter, { syscalls: ['read'] });
    assert.deepEqual(savedPlace(saved, 't2'), {});
    assert.deepEqual(savedLayout(undefined), {});
    assert.deepEqual(savedPlace({ version: 0 }, 't1'), {});
  });
});

describe('colours', () => {
  const channel = fc.integer({ min: 0, max: 255 });
  const opaque = fc.tuple(channel, channel, channel).map(([r, g, b]): Rgba => ({ r, g, b, a: 1 }));

  it('can be made readable on every ground', () => {
    fc.assert(
      fc.property(opaque, opaque, (colour, ground) => {
        assert.ok(contrast(readable(colour, ground, 4.5), ground) >= 4.49);
      }),
    );
  });

  it('carry labels that meet the contrast for text on every ground', () => {
    fc.assert(fc.property(opaque, ground => assert.ok(contrast(inkOn(ground), ground) >= 4.4)));
  });

  it('become pixels in the byte order of an ImageData', () => {
    const bytes = new Uint8Array(new Uint32Array([pixel({ r: 1, g: 2, b: 3, a: 1 })]).buffer);
    assert.deepEqual([...bytes], [1, 2, 3, 255]);
    assert.equal(css({ r: 1, g: 2, b: 3, a: 0.5 }), 'rgba(1, 2, 3, 0.5)');
  });

  it('lie over each other by their alpha', () => {
    const white = { r: 255, g: 255, b: 255, a: 1 };
    assert.deepEqual(over({ r: 0, g: 0, b: 0, a: 0 }, white), white);
    assert.deepEqual(over({ r: 9, g: 9, b: 9, a: 1 }, white), { r: 9, g: 9, b: 9, a: 1 });
  });
});

describe('texts of the view', () => {
  it('number their places from zero without gaps', () => {
    for (const [key, text] of Object.entries(timelineStrings({ t: message => message }))) {
      const places = [...new Set([...text.matchAll(/\{(\d+)\}/g)].map(match => Number(match[1])))].sort(
        (a, b) => a - b,
      );
      assert.deepEqual(places, [...places.keys()], key);
    }
  });
});
