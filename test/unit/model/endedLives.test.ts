/** What is over is kept as records: it must read back as it was, and say no when it could not. */

import assert from 'node:assert/strict';
import { StraceParser } from 'strace-parser';
import type { Row } from '../../../src/trace/api.js';
import { ClosedDescriptors } from '../../../src/trace/model/descriptors/closedDescriptors.js';
import { Description, Descriptor } from '../../../src/trace/model/descriptors/description.js';
import { DescriptorTable } from '../../../src/trace/model/descriptors/descriptorTable.js';
import type { Region } from '../../../src/trace/model/memory/addressSpace.js';
import { RegionLog } from '../../../src/trace/model/memory/regionLog.js';
import { NO_RECORD } from '../../../src/trace/store/recordChunks.js';
import { OpenReadiness } from '../../../src/trace/model/waiting/openReadiness.js';
import { ReadinessLog } from '../../../src/trace/model/waiting/readinessLog.js';

let ids = 0;

function opened(table: DescriptorTable, fd: number, openNs: number): Descriptor {
  const description = new Description(ids);
  description.name = `/tmp/${fd}`;
  description.kind = 'file';
  description.access = 'readWrite';
  description.nonBlocking.set(openNs, true);
  const d = new Descriptor(ids++, table, fd, description, openNs, 'open', 12);
  d.closeOnExec.set(openNs, false);
  d.bytesIn = 2 ** 40;
  d.calls = 3;
  table.add(d);
  return d;
}

describe('a closed descriptor', () => {
  it('reads back as it was', () => {
    const table = new DescriptorTable(0, 0, new ClosedDescriptors());
    const before = opened(table, 3, 100);
    table.close(3, 200, 15, 'close');
    const after = table.find(3, 150);
    assert.notEqual(after, before);
    assert.deepEqual(after, before);
    assert.deepEqual(table.history, [before]);
    assert.deepEqual(table.openAt(100), [before]);
    assert.deepEqual(table.openAt(200), []);
    assert.equal(table.neverSeen(3), false);
  });

  it('stays an object when somebody else refers to its description, or its flags changed, or it was deleted', () => {
    const closed = new ClosedDescriptors();
    const changes: ((d: Descriptor) => void)[] = [
      d => (d.description.referenced = true),
      d => (d.description.channel = 1),
      d => (d.description.deletedNs = 150),
      d => d.closeOnExec.set(150, true),
      d => d.description.append.set(150, true),
    ];
    for (const change of changes) {
      const table = new DescriptorTable(0, 0, closed);
      const d = opened(table, 3, 100);
      change(d);
      table.close(3, 200, 15, 'close');
      assert.equal(table.find(3, 150), d, String(change));
      assert.equal(closed.keep(d, NO_RECORD), NO_RECORD, String(change));
    }
  });

  it('is one object again, for both tables, when a fork turns out to have copied it', () => {
    const table = new DescriptorTable(0, 0, new ClosedDescriptors());
    for (const fd of [3, 4, 5]) opened(table, fd, 100);
    for (const fd of [3, 4, 5]) table.close(fd, 100 * fd, 15, 'close');
    const copied = table.openForCopy(350);
    assert.deepEqual(
      copied.map(d => d.fd),
      [4, 5],
    );
    assert.equal(table.find(5, 350), copied[1]);
    assert.deepEqual(
      table.history.map(d => d.fd),
      [3, 4, 5],
    );
  });
});

describe('a region that is over', () => {
  it('reads back as it was, for the times it was there', () => {
    const past = new RegionLog();
    const base = { kind: 'anonymous', protection: 'rw-', shared: true, path: '/x', origin: 7 } as const;
    const regions = Array.from({ length: 40 }, (_, i): Region => ({
      ...base,
      start: 2 ** 46 + i * 4096,
      end: 2 ** 46 + (i + 1) * 4096,
      fileOffset: i % 2 === 0 ? null : i,
      fd: i % 3 === 0 ? null : i,
      bornRow: i % 5 === 0 ? null : i,
      sinceNs: i,
      untilNs: i + 2,
    }));
    let last = NO_RECORD;
    let other = NO_RECORD;
    const ended = (region: Region, previous: number): number => {
      const record = past.add(region);
      assert.deepEqual(past.region(record), { ...region, untilNs: null });
      past.close(record, region.untilNs!, previous);
      return record;
    };
    for (const region of regions) {
      last = ended(region, last);
      other = ended({ ...region, path: '', protection: '---', kind: 'heap', atFork: 'zeroed' }, other);
    }
    assert.deepEqual(past.openAt(last, 20), [regions[19], regions[20]]);
    assert.deepEqual(past.openAt(last, 42), []);
    assert.deepEqual(past.lastWith(last, regions[7]!.start, 9), regions[7]);
    assert.equal(past.lastWith(last, regions[7]!.start, 8), undefined);
    const changed = { path: '', protection: '---', kind: 'heap', atFork: 'zeroed' };
    assert.deepEqual(past.openAt(other, 40), [{ ...regions[39], ...changed }]);
  });
});

describe('the log of readiness', () => {
  it('gives every report back in order, whether it is settled or not', () => {
    const log = new ReadinessLog();
    const report = (row: Row, events: string[]): OpenReadiness => {
      const open = new OpenReadiness();
      const place = { row, thread: 1, process: 2, before: -1, fd: 5 };
      open.begin(log.add(place, row * 100, 5, log.eventSet(events)), 5, undefined);
      return open;
    };
    const first = report(10, ['POLLIN']);
    const second = report(11, ['POLLIN', 'POLLHUP']);
    log.cameThrough(second.record, 4, undefined);
    first.serve(20);
    first.serve(21);
    first.outcome = 'eagain';
    log.settle(first);
    second.serve(22);
    const all = [...log.select(new Map([[second.record, second]]), () => true)];
    const common = { thread: 1, process: 2, fd: 5, trigger: null, interest: undefined };
    assert.equal(first.record, 0);
    assert.deepEqual(all, [
      { ...common, row: 10, atNs: 1000, events: ['POLLIN'], served: [20, 21], outcome: 'eagain', epollFd: null },
      { ...common, row: 11, atNs: 1100, events: ['POLLIN', 'POLLHUP'], served: [22], outcome: 'unserved', epollFd: 4 },
    ]);
    assert.deepEqual(
      [20, 22].map(row => log.wasServedBy(0, row)),
      [true, false],
    );
  });
});

describe('arguments asked for one by one', () => {
  it('are the same in any order, in one line or two, also when a text was seen before', () => {
    const seen: string[][] = [];
    const parser = new StraceParser({
      call: record => {
        const last = record.argumentText(2);
        const texts = [record.argumentText(0), record.argumentText(1), last, record.argumentText(3)];
        seen.push([...texts, String(record.argumentNumber(0)), record.returnValueText()]);
      },
    });
    const lines = [
      '7 1.000001 read(3</a,b>, "x, y"..., 4096) = 3 <0.000001>',
      '7 1.000002 read(3</a,b>, "é, y"..., 4097) = 3 <0.000001>',
      '7 1.000003 read(4</c>,  <unfinished ...>',
      '8 1.000004 dup(3</a,b>) = 5</a,b> <0.000001>',
      '7 1.000005 <... read resumed>"x, y"..., 4096) = 3 <0.000001>',
    ];
    parser.push(new TextEncoder().encode(`${lines.join('\n')}\n`));
    parser.end();
    assert.deepEqual(seen, [
      ['3</a,b>', '"x, y"...', '4096', '', '3', '3'],
      ['3</a,b>', '"é, y"...', '4097', '', '3', '3'],
      ['3</a,b>', '', '', '', '3', '5</a,b>'],
      ['4</c>', '"x, y"...', '4096', '', '4', '3'],
    ]);
  });
});
