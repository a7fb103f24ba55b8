import assert from 'node:assert/strict';
import { parseFilter, withWords } from '../../../src/views/timeline/webview/filter.js';

function filterOf(text: string) {
  const { filter, error } = parseFilter(text);
  assert.equal(error, null, text);
  return filter;
}

function errorOf(text: string) {
  const { error } = parseFilter(text);
  assert.ok(error, `"${text}" should not be understood`);
  return error;
}

describe('filter language', () => {
  it('takes an empty text as no filter at all', () => {
    assert.equal(filterOf(''), null);
    assert.equal(filterOf('  , '), null);
  });

  it('reads every kind of word of the placeholder', () => {
    assert.deepEqual(filterOf('read pid:2010 fd:5 path:*.c err:ENOENT >1ms class:network "GET /"'), {
      syscalls: ['read'],
      pids: [2010],
      fds: [5],
      path: '*.c',
      failed: true,
      errnos: ['ENOENT'],
      minDurationNs: 1e6,
      classes: ['network'],
      text: 'GET /',
    });
  });

  it('takes words of one kind as alternatives', () => {
    assert.deepEqual(filterOf('read,write pid:1 pid:2'), { syscalls: ['read', 'write'], pids: [1, 2] });
  });

  it('tells failed calls in general from an errno, with or without its key, in any case', () => {
    assert.deepEqual(filterOf('err'), { failed: true });
    assert.deepEqual(filterOf('EAGAIN'), { failed: true, errnos: ['EAGAIN'] });
    assert.deepEqual(filterOf('err:eagain'), { failed: true, errnos: ['EAGAIN'] });
  });

  it('takes the name of a signal like the name of a call', () => {
    assert.deepEqual(filterOf('SIGCHLD'), { syscalls: ['SIGCHLD'] });
  });

  it('reads durations in every unit and keeps the longest', () => {
    for (const [text, ns] of [
      ['>5ns', 5],
      ['>2us', 2000],
      ['>2µs', 2000],
      ['>=1.5ms', 1.5e6],
      ['>3s', 3e9],
    ] as const) {
      assert.deepEqual(filterOf(text), { minDurationNs: ns }, text);
    }
    assert.deepEqual(filterOf('>1ms >1s'), { minDurationNs: 1e9 });
  });

  it('keeps spaces, colons and escaped quotes of a quoted text', () => {
    assert.deepEqual(filterOf(String.raw`"a \"b\" pid:3"`), { text: 'a "b" pid:3' });
  });

  it('keeps spaces of a quoted value', () => {
    assert.deepEqual(filterOf('path:"/tmp/my file"'), { path: '/tmp/my file' });
  });

  it('reads where calls come from: lines, functions, callers', () => {
    const end = Number.MAX_SAFE_INTEGER;
    assert.deepEqual(filterOf('src:server.c src:net/io.c:42 src:a.c:40-60 fn:take under:main/worker'), {
      source: {
        lines: [
          { file: 'server.c', from: 1, to: end },
          { file: 'net/io.c', from: 42, to: 42 },
          { file: 'a.c', from: 40, to: 60 },
        ],
        functions: ['take'],
        under: ['main/worker'],
      },
    });
    assert.deepEqual(filterOf('src:"my file.c:3"'), { source: { lines: [{ file: 'my file.c', from: 3, to: 3 }] } });
    for (const text of ['src::4', 'src:a.c:', 'src:a.c:9-3', 'src:a.c:0', 'src:a.c:1-2-3'])
      assert.equal(errorOf(text).key, 'filterBadLines', text);
    assert.equal(errorOf('fn:').key, 'filterNeedsValue');
  });

  it('narrows a filter by words, which take the place of words of their kind', () => {
    assert.equal(withWords('', 'read'), 'read');
    assert.equal(withWords('pid:3  write >1ms', 'read'), 'pid:3 >1ms read');
    assert.equal(withWords('src:a.c:1 "x y"', 'fn:f src:b.c'), '"x y" fn:f src:b.c');
    assert.equal(withWords('under:main read', 'under:main/f write'), 'under:main/f write');
    assert.equal(withWords('a "not closed', 'read'), 'read');
  });

  it('says which word it does not understand, and where it stands', () => {
    assert.deepEqual(errorOf('read pdi:3'), { key: 'filterUnknownKey', values: ['pdi'], start: 5, end: 10 });
    assert.equal(errorOf('pid:abc').key, 'filterNeedsNumber');
    assert.equal(errorOf('pid:').key, 'filterNeedsValue');
    assert.equal(errorOf('>1').key, 'filterBadDuration');
    assert.equal(errorOf('>fast').key, 'filterBadDuration');
    assert.equal(errorOf('class:disk').key, 'filterUnknownClass');
    assert.equal(errorOf('foo(').key, 'filterBadWord');
    assert.equal(errorOf('"open').key, 'filterOpenQuote');
    assert.equal(errorOf('"a" "b"').key, 'filterTwoTexts');
    assert.equal(errorOf('path:a path:b').key, 'filterTwoPaths');
  });
});
