/**
 * Logs as strace could have written them, at random but by its grammar: what fuzzing starts from.
 */

import fc from 'fast-check';

const word = fc.constantFrom(
  'read',
  'openat',
  'epoll_create1',
  'clone3',
  'exit_group',
  'syscall_0x270f',
  'rt_sigaction',
  '???',
);
const symbol = fc.constantFrom('O_RDONLY', 'AF_UNIX', 'SIGCHLD', 'CLONE_VM', 'S_IFREG', '0x8', '0644');
const errno = fc.constantFrom(
  'ENOENT (No such file or directory)',
  'EAGAIN (Resource temporarily unavailable)',
  'EBADF (Bad file descriptor)',
);
const signal = fc.constantFrom('SIGCHLD', 'SIGSEGV', 'SIGRT_3', 'SIGTERM');

/** Text between quotes: escapes, and everything that looks like syntax. */
const inside = fc
  .array(
    fc.constantFrom(
      'a',
      ' ',
      ') = 3',
      '\\"',
      '\\\\',
      '\\n',
      '\\377',
      '\\0',
      '<',
      '>',
      ', ',
      '(',
      ')',
      '[',
      '{',
      '/*',
      '*/',
      '->',
      '=>',
      '\\x41',
    ),
    {
      maxLength: 6,
    },
  )
  .map(parts => parts.join(''));
const string = fc.tuple(inside, fc.boolean()).map(([text, cut]) => `"${text}"${cut ? '...' : ''}`);
const number = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(n => '0x' + n.toString(16)),
  fc.constantFrom('NULL', '8192*1024', '21<<26', '022', '9223372036854775807'),
);
const annotation = fc.constantFrom(
  '</etc/passwd>',
  '</tmp/a) = 3>',
  '</x>(deleted)',
  '<pipe:[12]>',
  '<TCP:[127.0.0.1:1->127.0.0.1:2]>',
  '<UNIX-STREAM:[1->2,"/tmp/s > \\"x"]>',
  '</dev/ptmx<char 5:2 @/dev/pts/0>>',
  '<anon_inode:[eventpoll]>',
  '<{eventfd-count=0x3, eventfd-id=1}>',
);
const descriptor = fc.tuple(fc.nat(99), annotation).map(([fd, text]) => `${fd}${text}`);
const flags = fc.array(symbol, { minLength: 1, maxLength: 4 }).map(parts => parts.join('|'));
const set = fc.tuple(
  fc.boolean(),
  fc.array(fc.constantFrom('INT', 'TERM', 'RT_1', '3'), { minLength: 2, maxLength: 4 }),
);
const macro = fc.constantFrom(
  'makedev(0x1, 0x3)',
  'htons(80)',
  'WIFEXITED(s) && WEXITSTATUS(s) == 3',
  'inet_addr("127.0.0.1")',
);

/** A value as text. */
const valueText: fc.Arbitrary<string> = fc.letrec<{ value: string }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    string,
    number,
    descriptor,
    flags,
    macro,
    set.map(([negated, members]) => `${negated ? '~' : ''}[${members.join(' ')}]`),
    fc.tuple(number, fc.constantFrom(' => ', '->'), number).map(([a, arrow, b]) => `[${a}${arrow}${b}]`),
    fc.tuple(number, fc.constantFrom('35 vars', 'AF_???')).map(([n, comment]) => `${n} /* ${comment} */`),
    fc.array(tie('value'), { maxLength: 3 }).map(items => `[${items.join(', ')}]`),
    fc
      .tuple(fc.array(fc.tuple(fc.constantFrom('st_mode=', 'fd=', ''), tie('value')), { maxLength: 3 }), fc.boolean())
      .map(
        ([fields, cut]) => `{${[...fields.map(([name, value]) => name + value), ...(cut ? ['...'] : [])].join(', ')}}`,
      ),
  ),
})).value;

export const argumentsText = fc.array(valueText, { maxLength: 6 });

const result = fc.oneof(
  fc.nat(1000).map(String),
  descriptor,
  errno.map(text => `-1 ${text}`),
  fc.constantFrom('?', '0x7f3d68c59ad7', '022', '? ERESTARTSYS (To be restarted if SA_RESTART is set)', '0 (Timeout)'),
  fc.constantFrom('-1 EPERM (Operation not permitted) (INJECTED)', '10 (DELAYED)', '0x800 (flags O_RDONLY|O_NONBLOCK)'),
);

const pid = fc.constantFrom(1, 22, 333, 4194304);
const body = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(word, argumentsText, result)
      .map(([name, args, value]) => `${name}(${args.join(', ')}) = ${value}`),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(word, argumentsText).map(([name, args]) => `${name}(${args.join(', ')} <unfinished ...>`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(word, argumentsText, result)
      .map(([name, args, value]) => `<... ${name} resumed>${args.join(', ')}) = ${value}`),
  },
  { weight: 1, arbitrary: fc.nat(255).map(code => `+++ exited with ${code} +++`) },
  { weight: 1, arbitrary: signal.map(name => `+++ killed by ${name} (core dumped) +++`) },
  { weight: 1, arbitrary: pid.map(other => `+++ superseded by execve in pid ${other} +++`) },
  { weight: 1, arbitrary: signal.map(name => `--- ${name} {si_signo=${name}, si_code=SI_USER, si_pid=7} ---`) },
  { weight: 1, arbitrary: signal.map(name => `--- stopped by ${name} ---`) },
);
const bare = fc.constantFrom(
  ' > /home/u/s0(level2+0x1b) [0x1224]',
  ' | 00000  68 65 6c 6c 6f                                    hello            |',
  'strace: Process 22 attached',
  'the program says: "hello (again',
  '% time     seconds  usecs/call     calls    errors syscall',
  '------ ----------- ----------- --------- --------- ----------------',
  '100.00    0.000039                    10         1 total',
  '',
);

/** Only a call that has returned has a duration. */
const finished = /^(?!.*<unfinished \.\.\.>$)[\w<?].* = /;

/** How the lines of one log begin: strace prints all in one style. */
const prefix = fc.constantFrom<(pid: number, micros: number) => string>(
  () => '',
  n => `${String(n).padEnd(5)} `,
  n => `[pid ${String(n).padStart(5)}] `,
  (n, t) => `${String(n).padEnd(5)} 1795228800.${String(t).padStart(6, '0')} `,
  (n, t) => `${n}<a\\"b> 02:40:00.${String(t).padStart(6, '0')} `,
  (_, t) => `     0.${String(t).padStart(6, '0')} `,
  (n, t) => `${String(n).padEnd(5)} 02:40:00.${String(t).padStart(6, '0')} (+     0.000001) [  59] [00007f3d68c59ad7] `,
);

export interface Generated {
  text: string;
}

/** A whole log. */
export const log: fc.Arbitrary<Generated> = fc
  .tuple(
    prefix,
    fc.array(
      fc.oneof(
        { weight: 12, arbitrary: fc.tuple(pid, body, fc.constantFrom('', ' <0.000012>')) },
        { weight: 1, arbitrary: bare },
      ),
      { maxLength: 30 },
    ),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([style, lines, newline, ended]) => {
    const text = lines.map((line, i) => {
      if (typeof line === 'string') return line;
      const [thread, what, duration] = line;
      return style(thread, i) + what + (finished.test(what) ? duration : '');
    });
    return { text: text.join(newline) + (ended ? newline : '') };
  });
