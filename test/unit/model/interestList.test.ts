/** Interest lists by what programs do to them: several registrations with one data, numbers used again, many connections. */

import assert from 'node:assert/strict';
import { Description } from '../../../src/trace/model/descriptors/description.js';
import type { Interest } from '../../../src/trace/model/waiting/interest.js';
import { InterestList } from '../../../src/trace/model/waiting/interestList.js';

let descriptions = 0;
const target = (): Description => new Description(descriptions++);

function interest(fd: number, of: Description | undefined, data: string): Interest {
  const counts = { reported: 0, drained: 0, undrained: 0 };
  return {
    id: -1,
    fd,
    target: of,
    events: ['EPOLLIN'],
    trigger: 'level',
    data,
    addedNs: 0,
    removedNs: null,
    ...counts,
  };
}

describe('an interest list', () => {
  it('knows the newest registration with the same data, and the one before when that is removed', () => {
    const list = new InterestList();
    const first = interest(5, target(), '0');
    const second = interest(6, target(), '0');
    list.add(first);
    list.add(second);
    assert.equal(list.withData('0'), second);
    list.remove(second, 10);
    assert.equal(list.withData('0'), first);
    list.remove(first, 20);
    assert.equal(list.withData('0'), undefined);
    assert.deepEqual(
      list.all.map(({ removedNs }) => removedNs),
      [20, 10],
    );
  });

  it('tells a number that means something else now from what it was', () => {
    const list = new InterestList();
    const [before, now] = [target(), target()];
    const old = interest(5, before, '5');
    list.add(old);
    assert.equal(list.of(5, now), undefined);
    const next = interest(5, now, '5');
    list.add(next);
    assert.deepEqual([list.of(5, before), list.of(5, now), list.of(6, now)], [old, next, undefined]);
    assert.equal(list.withData('5'), next);
  });

  it('keeps two numbers of one file apart', () => {
    const list = new InterestList();
    const file = target();
    const [a, b] = [interest(5, file, '5'), interest(6, file, '6')];
    list.add(a);
    list.add(b);
    list.remove(a, 1);
    assert.deepEqual([list.of(5, file), list.of(6, file)], [undefined, b]);
  });
});
