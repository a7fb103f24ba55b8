/** Calls that strace prints in two parts, and what becomes of those whose second part never comes. */

import assert from 'node:assert/strict';
import { CallOutcome, StraceParser, parse, type CallRecord, type LineRecord } from 'strace-parser';

const calls = (...lines: string[]): CallRecord[] => parse(lines.join('\n') + '\n').calls;
const story = (...lines: string[]): string[] => parse(lines.join('\n') + '\n').records.map(tell);

function tell(record: LineRecord): string {
  const name = record.type === 'call' ? `${record.name} ${record.outcome}` : '';
  return `${record.pid} ${record.type} ${name}`.trim();
}

describe('a call in two parts', () => {
  it('is one record with the arguments and the byte ranges of both', () => {
    const [first, second] = calls(
      '1 1795228810.000000 wait4(2,  <unfinished ...>',
      '2 1795228810.000100 getpid() = 2',
      '1 1795228810.000300 <... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 2 <0.000250>',
    );
    assert.equal(first?.name, 'getpid');
    assert.ok(second);
    assert.deepEqual(
      [0, 1, 2, 3].map(i => second.argumentText(i)),
      ['2', '[{WIFEXITED(s) && WEXITSTATUS(s) == 3}]', '0', 'NULL'],
    );
    assert.deepEqual([second.startNs, second.endNs, second.durationNs], [0, 300_000, 250_000]);
    assert.deepEqual([second.entryLine, second.line, second.resumed], [0, 2, true]);
    assert.deepEqual([second.entryByteStart, second.entryByteEnd, second.byteStart], [0, 46, 80]);
  });

  for (const [version, entry, rest] of [
    ['4.26', 'wait4(2,  <unfinished ...>', '<... wait4 resumed> [], 0) = 2'],
    ['6.1', 'wait4(2,  <unfinished ...>', '<... wait4 resumed>[], 0) = 2'],
    ['7.2', 'wait4(2 <unfinished ...>', '<... wait4 resumed>, [], 0) = 2'],
    ['with numbers', 'wait4(2 <unfinished #9 ...>', '<... wait4 resumed #9>, [], 0) = 2'],
  ] as const) {
    it(`joins as strace ${version} prints it`, () => {
      const [call] = calls(`1 ${entry}`, `1 ${rest}`);
      assert.deepEqual(call?.argumentCount(), 3);
      assert.deepEqual([call.argumentText(0), call.argumentText(1), call.argumentNumber(2)], ['2', '[]', 0]);
    });
  }

  for (const [where, entry, rest, number] of [
    ['in the first part', 'read(12</tmp/a,b>, ', '"", 5) = 0', 12],
    ['at the end of the first part', 'close(12', ') = 0', 12],
    ['in the second part', 'close(', '12) = 0', 12],
    ['in both', 'close(1', '2) = 0', 12],
    ['nowhere', 'pipe(', '[3, 4]) = 0', NaN],
  ] as const) {
    it(`says which number its first argument is when that stands ${where}`, () => {
      const [name] = entry.split('(');
      const [call] = calls(`1 ${entry} <unfinished ...>`, `1 <... ${name} resumed>${rest}`);
      assert.equal(call?.argumentNumber(0), number);
    });
  }

  it('is announced when it is entered', () => {
    const told: string[] = [];
    const parser = new StraceParser({
      enter: call => told.push(`enter ${call.name} ${call.argumentNumber(0)} ${call.outcome}`),
      call: call => told.push(`call ${call.name} ${call.returnValue}`),
    });
    parser.push(Buffer.from('1 read(3,  <unfinished ...>\n'));
    assert.deepEqual(told, [`enter read 3 ${CallOutcome.Entered}`]);
    parser.push(Buffer.from('1 <... read resumed>"", 5) = 0\n'));
    assert.deepEqual(told.slice(1), ['call read 0']);
  });

  it('keeps a call whose name was not known when it was entered', () => {
    assert.deepEqual(story('1 ???( <unfinished ...>', '1 <... read resumed>) = 0'), ['1 call read 0']);
  });
});

describe('a call that never returns', () => {
  it('is handed out before its thread ends', () => {
    assert.deepEqual(story('1 read(3,  <unfinished ...>', '1 +++ killed by SIGKILL +++'), ['1 call read 2', '1 exit']);
  });

  it('is handed out before another call of its thread', () => {
    assert.deepEqual(story('1 read(3,  <unfinished ...>', '1 close(3) = 0'), ['1 call read 2', '1 call close 0']);
    assert.deepEqual(story('1 read(3,  <unfinished ...>', '1 <... close resumed>) = 0'), [
      '1 call read 2',
      '1 call close 0',
    ]);
  });

  it('is handed out when the log ends, in the order of entry', () => {
    assert.deepEqual(story('2 read(3,  <unfinished ...>', '1 read(3,  <unfinished ...>'), [
      '2 call read 4',
      '1 call read 4',
    ]);
  });

  it('may be one that strace detached from', () => {
    assert.deepEqual(story('1 pause( <unfinished ...>', '1 <... pause resumed> <detached ...>'), ['1 call pause 3']);
  });
});

describe('exec by a thread that is not the leader', () => {
  const successor = ['3 execve("/bin/true", ["true"], 0x7f00 <unfinished ...>', '2 <... pause resumed>) = ?'];

  it('goes on as the leader', () => {
    const [pause, execve] = calls(
      '2 pause( <unfinished ...>',
      ...successor,
      '2 +++ superseded by execve in pid 3 +++',
      '2 <... execve resumed>) = 0',
    );
    assert.equal(pause?.outcome, CallOutcome.NoReturn);
    assert.deepEqual([execve?.name, execve?.pid, execve?.entryPid, execve?.returnValue], ['execve', 2, 3, 0]);
  });

  it('ends a call of the leader that was still in progress', () => {
    assert.deepEqual(
      story(
        '2 pause( <unfinished ...>',
        successor[0] as string,
        '2 +++ superseded by execve in pid 3 +++',
        '2 <... execve resumed>) = 0',
      ),
      ['2 call pause 2', '2 note', '2 call execve 0'],
    );
  });

  it('is known from the older form, too', () => {
    const [execve] = calls(
      '3 execve("/bin/true" <pid changed to 2 ...>',
      '2 +++ superseded by execve in pid 3 +++',
      '2 <... execve resumed>) = 0',
    );
    assert.deepEqual([execve?.pid, execve?.entryPid, execve?.argumentText(0)], [2, 3, '"/bin/true"']);
  });
});

describe('the last line without an end', () => {
  const parser = (text: string): StraceParser => {
    const made = new StraceParser({});
    made.push(Buffer.from('9263 1795228810.000000 getpid() = 9263\n' + text));
    return made;
  };

  it('is the call that a thread waits in', () => {
    const call = parser('9263 1795228812.500000 read(6<pipe:[1]>, ').partial();
    assert.deepEqual(
      [call?.name, call?.pid, call?.startNs, call?.outcome],
      ['read', 9263, 2_500_000_000, CallOutcome.Entered],
    );
    assert.deepEqual([call?.argumentNumber(0), call?.byteStart, call?.byteEnd, call?.line], [6, 39, 80, 1]);
  });

  it('is looked at, not consumed', () => {
    const made = parser('9263 1795228812.500000 read(6, ');
    assert.ok(made.partial());
    assert.ok(made.partial());
    assert.equal(made.lines, 1);
  });

  it('is nothing before it names a call, or when it is none', () => {
    for (const text of [
      '',
      '9',
      '9263 1795228812.5',
      '9263 1795228812.500000 rea',
      '9263 1795228812.500000 +++ exi',
      'hello (',
    ]) {
      assert.equal(parser(text).partial(), undefined, text);
    }
  });
});

describe('a log that strace wrote to the terminal', () => {
  const log = [
    'execve("./a", ["./a"], 0x7f00 /* 9 vars */) = 0',
    'clone(child_stack=NULL, flags=SIGCHLDstrace: Process 12 attached',
    ', child_tidptr=0x7f10)          = 12',
    '[pid    11] wait4(-1,  <unfinished ...>',
    '[pid    12] write(1, "one\\ntwo\\n", 8one',
    'two',
    ')  = 8',
    '[pid    12] +++ exited with 0 +++',
    '<... wait4 resumed>NULL, 0, NULL)       = 12',
    'half a lineexit_group(0)                           = ?',
    'more+++ exited with 0 +++',
  ];

  it('tells threads from the pid that stands there only while there are several', () => {
    const { records } = parse(log.join('\n') + '\n');
    assert.deepEqual(records.map(tell), [
      '0 call execve 0',
      '0 note',
      '0 call clone 0',
      '0 text',
      '12 call write 0',
      '12 exit',
      '11 call wait4 0',
      '0 text',
      '11 call exit_group 2',
      '0 text',
      '11 exit',
    ]);
    const texts = records.filter(record => record.type === 'text');
    assert.deepEqual(
      texts.map(record => record.text()),
      ['two', 'half a line', 'more'],
    );
  });

  it('says who the lines at its beginning were', () => {
    const parser = new StraceParser({});
    parser.push(Buffer.from(log.join('\n') + '\n'));
    assert.equal(parser.mainPid, 11);
  });
});
