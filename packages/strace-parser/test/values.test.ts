/** What arguments and results become, and that they print back to the text they came from. */

import assert from 'node:assert/strict';
import { parseLine, printValue, type DescriptorTarget, type Value } from 'strace-parser';

function argument(text: string): Value {
  const record = parseLine(`1 f(${text}) = 0`);
  assert.equal(record?.type, 'call');
  const [value, ...rest] = record.arguments();
  assert.ok(value && rest.length === 0, `one argument of ${text}`);
  assert.equal(printValue(value), text);
  return value;
}

function bytesOf(text: string): number[] {
  const value = argument(text);
  assert.equal(value.kind, 'bytes');
  return [...value.bytes];
}

function target(text: string): DescriptorTarget {
  const value = argument(text);
  assert.equal(value.kind, 'descriptor', text);
  return value.target;
}

const utf8 = (text: string): number[] => [...Buffer.from(text)];

describe('integers', () => {
  for (const [text, value] of [
    ['0', 0],
    ['-1', -1],
    ['0644', 0o644],
    ['0x1f', 31],
    ['8192*1024', 8192 * 1024],
    ['32<<26', 32 * 2 ** 26],
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -9223372036854775808n],
  ] as const) {
    it(text, () => {
      const found = argument(text);
      assert.ok(found.kind === 'int');
      assert.equal(found.value, value);
      assert.equal(found.text, text);
    });
  }
});

describe('addresses', () => {
  it('are big hexadecimal numbers, and NULL', () => {
    for (const [text, value] of [
      ['0x7ffec4945390', 0x7ffec4945390n],
      ['NULL', 0n],
    ] as const) {
      const found = argument(text);
      assert.ok(found.kind === 'address');
      assert.equal(found.value, value);
    }
  });

  it('keep the comment that follows', () => {
    const found = argument('0x7ffec4945390 /* 35 vars */');
    assert.equal(found.kind, 'address');
    assert.equal(found.comment, '35 vars');
  });
});

describe('flags', () => {
  for (const [text, flags] of [
    ['O_RDONLY', ['O_RDONLY']],
    ['O_RDWR|O_CREAT|0x8', ['O_RDWR', 'O_CREAT', '0x8']],
    ['S_IFCHR|0666', ['S_IFCHR', '0666']],
    ['MAP_SHARED|21<<MAP_HUGE_SHIFT', ['MAP_SHARED', '21<<MAP_HUGE_SHIFT']],
    ['FOO(1, 2)|BAR', ['FOO(1, 2)', 'BAR']],
  ] as const) {
    it(text, () => {
      const found = argument(text);
      assert.ok(found.kind === 'flags', found.kind);
      assert.deepEqual(found.flags, flags);
    });
  }

  it('of -X verbose carry their names in comments', () => {
    const found = argument('0x1 /* SOCK_STREAM */|0x80000 /* SOCK_CLOEXEC */');
    assert.ok(found.kind === 'flags');
    assert.deepEqual(found.flags, ['0x1', '0x80000']);
    assert.equal(found.comments?.[0], 'SOCK_STREAM');
  });

  it('that strace does not know keep its remark', () => {
    assert.equal(argument('0x63 /* AF_??? */').comment, 'AF_???');
  });
});

describe('byte strings', () => {
  it('give the true bytes', () => {
    assert.deepEqual(bytesOf('""'), []);
    assert.deepEqual(bytesOf('"GET /"'), utf8('GET /'));
    assert.deepEqual(bytesOf(String.raw`"a\n\t\r\v\f\"\\"`), utf8('a\n\t\r\v\f"\\'));
    assert.deepEqual(bytesOf(String.raw`"\0\1\1779\377"`), [0, 1, 0o177, 0x39, 0o377]);
    assert.deepEqual(bytesOf(String.raw`"\x7f\x45\x4c"`), [0x7f, 0x45, 0x4c]);
    assert.deepEqual(bytesOf('"café"'), utf8('café'));
  });

  it('tell when strace cut them', () => {
    const cut = argument('"GET"...');
    assert.ok(cut.kind === 'bytes' && cut.cut);
  });

  it('know the abstract addresses of Unix sockets', () => {
    const found = argument('@"hidden"');
    assert.ok(found.kind === 'bytes' && found.abstract);
  });
});

describe('structures', () => {
  it('have fields with names', () => {
    const found = argument('{st_mode=S_IFREG|0644, st_size=4, ...}');
    assert.ok(found.kind === 'struct');
    assert.equal(found.cut, true);
    assert.deepEqual(
      found.fields.map(field => [field.name, field.kind]),
      [
        ['st_mode', 'flags'],
        ['st_size', 'int'],
      ],
    );
  });

  it('may have fields without (epoll data before strace 5.16), and be nested', () => {
    const found = argument('{EPOLLIN, {u32=9, u64=9}}');
    assert.ok(found.kind === 'struct');
    assert.deepEqual(
      found.fields.map(field => field.kind),
      ['flags', 'struct'],
    );
  });

  it('of words without commas stay one raw field', () => {
    const found = argument('{B38400 opost isig icanon echo ...}');
    assert.ok(found.kind === 'struct');
    assert.deepEqual(
      found.fields.map(field => field.kind),
      ['raw'],
    );
  });

  it('nested deeper than any of the kernel stay raw, and the stack is safe', () => {
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    assert.equal(argument(deep).kind, 'list');
    assert.equal(argument('{'.repeat(5000)).kind, 'raw');
  });
});

describe('lists and sets', () => {
  it('lists have items between commas', () => {
    const found = argument('["a", "b", ...]');
    assert.ok(found.kind === 'list');
    assert.equal(found.items.length, 2);
    assert.equal(found.cut, true);
    assert.deepEqual(argument('[]').kind, 'list');
  });

  it('sets have members between spaces, and may be negated', () => {
    const signals = argument('[INT TERM]');
    assert.ok(signals.kind === 'set');
    assert.deepEqual(signals.members, ['INT', 'TERM']);
    assert.equal(signals.negated, false);
    const most = argument('~[RTMIN RT_1]');
    assert.ok(most.kind === 'set');
    assert.deepEqual([most.negated, most.members], [true, ['RTMIN', 'RT_1']]);
    assert.ok(argument('[CHLD]').kind === 'set');
    const descriptors = argument('[0 3</dev/null<char 1:3>>]');
    assert.ok(descriptors.kind === 'set');
    assert.deepEqual(descriptors.members, ['0', '3</dev/null<char 1:3>>']);
    const verbose = argument('[10 /* USR1 */ 15 /* TERM */]');
    assert.ok(verbose.kind === 'set');
    assert.deepEqual(verbose.members, ['10 /* USR1 */', '15 /* TERM */']);
  });
});

describe('changes', () => {
  for (const text of ['[16 => 0]', '[16->0]']) {
    it(`${text} is a list of one change`, () => {
      const found = argument(text);
      assert.ok(found.kind === 'list');
      const change = found.items[0];
      assert.ok(change?.kind === 'change');
      assert.ok(change.before?.kind === 'int' && change.after.kind === 'int');
      assert.deepEqual([change.before.value, change.after.value], [16, 0]);
    });
  }

  it('may be of whole structures', () => {
    const found = argument('{flags=0} => {parent_tid=[28474]}');
    assert.ok(found.kind === 'change');
    assert.equal(found.after.kind, 'struct');
  });

  it('may have lost what was before', () => {
    const found = parseLine('1 <... clone3 resumed> => {parent_tid=[28474]}, 88) = 28474');
    assert.ok(found?.type === 'call');
    const change = found.arguments()[0];
    assert.ok(change?.kind === 'change');
    assert.equal(change.before, undefined);
  });
});

describe('macros', () => {
  it('keep name and arguments', () => {
    const found = argument('makedev(0x1, 0x3)');
    assert.ok(found.kind === 'macro');
    assert.equal(found.macro, 'makedev');
    assert.deepEqual(
      found.args.map(arg => arg.kind === 'int' && arg.value),
      [1, 3],
    );
    assert.ok(argument('inet_addr("127.0.0.1")').kind === 'macro');
  });

  it('keep a wait status whole', () => {
    const found = argument('WIFEXITED(s) && WEXITSTATUS(s) == 3');
    assert.ok(found.kind === 'macro');
    assert.equal(found.macro, 'WIFEXITED');
    assert.equal(found.text, 'WIFEXITED(s) && WEXITSTATUS(s) == 3');
    assert.ok(argument('[{WIFSTOPPED(s) && WSTOPSIG(s) == SIGTRAP | 0x80}]').kind === 'list');
  });
});

describe('names', () => {
  it('stand before values under -N', () => {
    const record = parseLine('1 read(fd=3</etc/passwd>, buf="root", count=4096) = 4');
    assert.ok(record?.type === 'call');
    assert.deepEqual(
      record.arguments().map(value => [value.name, value.kind]),
      [
        ['fd', 'descriptor'],
        ['buf', 'bytes'],
        ['count', 'int'],
      ],
    );
  });
});

describe('descriptors', () => {
  const cases: [text: string, target: DescriptorTarget][] = [
    ['3</etc/passwd>', { kind: 'path', path: '/etc/passwd', deleted: false }],
    ['AT_FDCWD</home/u>', { kind: 'path', path: '/home/u', deleted: false }],
    ['-100 /* AT_FDCWD */</home/u>', { kind: 'path', path: '/home/u', deleted: false }],
    ['22</tmp/x>(deleted)', { kind: 'path', path: '/tmp/x', deleted: true }],
    ['22</tmp/x (deleted)>', { kind: 'path', path: '/tmp/x', deleted: true }],
    [
      String.raw`22</tmp/we\nird \"na\74me\76\303\251>`,
      { kind: 'path', path: '/tmp/we\nird "na<me>é', deleted: false },
    ],
    [
      '23</dev/null<char 1:3>>',
      { kind: 'path', path: '/dev/null', deleted: false, device: { type: 'char', major: 1, minor: 3 } },
    ],
    [
      '25</dev/ptmx<char 5:2 @/dev/pts/0>>',
      {
        kind: 'path',
        path: '/dev/ptmx',
        deleted: false,
        device: { type: 'char', major: 5, minor: 2, tty: '/dev/pts/0' },
      },
    ],
    [
      '9</dev/sda<block 8:0>>',
      { kind: 'path', path: '/dev/sda', deleted: false, device: { type: 'block', major: 8, minor: 0 } },
    ],
    ['3<pipe:[752828]>', { kind: 'pipe', inode: 752828 }],
    [String.raw`3<\x70\x69\x70\x65\x3a\x5b\x37\x5d>`, { kind: 'pipe', inode: 7 }],
    ['3<socket:[7]>', { kind: 'socket', inode: 7 }],
    ['7<TCP:[1337772]>', { kind: 'inet', protocol: 'TCP', local: '', inode: 1337772 }],
    [
      '9<TCP:[127.0.0.1:35431->127.0.0.1:34046]>',
      { kind: 'inet', protocol: 'TCP', local: '127.0.0.1:35431', remote: '127.0.0.1:34046' },
    ],
    ['13<TCPv6:[[::1]:34655]>', { kind: 'inet', protocol: 'TCPv6', local: '[::1]:34655' }],
    ['12<UDP:[127.0.0.1:54431]>', { kind: 'inet', protocol: 'UDP', local: '127.0.0.1:54431' }],
    ['5<UNIX-STREAM:[7]>', { kind: 'unix', type: 'UNIX-STREAM', inode: 7 }],
    [
      String.raw`16<UNIX-STREAM:[752838->752837,"/tmp/s o\"ck"]>`,
      { kind: 'unix', type: 'UNIX-STREAM', inode: 752838, peerInode: 752837, path: '/tmp/s o"ck' },
    ],
    ['5<(null):[7->8]>', { kind: 'unix', type: '(null)', inode: 7, peerInode: 8 }],
    ['6<NETLINK:[ROUTE:123]>', { kind: 'netlink', text: 'ROUTE:123' }],
    ['17<anon_inode:[eventpoll]>', { kind: 'anon', name: 'eventpoll' }],
    ['21<anon_inode:inotify>', { kind: 'anon', name: 'inotify' }],
    ['18<{eventfd-count=0x3, eventfd-id=1}>', { kind: 'eventfd', text: '{eventfd-count=0x3, eventfd-id=1}', count: 3 }],
    ['19<signalfd:[USR1 TERM]>', { kind: 'signalfd', signals: ['USR1', 'TERM'] }],
    ['19<signalfd:[10 /* USR1 */ 15 /* TERM */]>', { kind: 'signalfd', signals: ['USR1', 'TERM'] }],
    ['30<pid:23873>', { kind: 'pidfd', pid: 23873 }],
    ['23616<sh>', { kind: 'other', text: 'sh' }],
  ];
  for (const [text, expected] of cases) it(text, () => assert.deepEqual(target(text), expected));
});

describe('values that nobody knows', () => {
  for (const text of ['&sin6_addr', '1.5', 'SNDCTL_TMR_TIMEBASE or TCGETS', '(((', '"never closed', '3<never closed']) {
    it(`${text} stays as it is`, () => {
      const record = parseLine(`1 f(${text} <unfinished ...>`);
      assert.ok(record?.type === 'call');
      const value = record.arguments()[0];
      assert.ok(value);
      assert.equal(printValue(value), text);
    });
  }
});
