/**
 * Records as short lines of text: what golden files hold, and what two ways of parsing the same bytes are compared by.
 */

import type { LineRecord, ParsedLog, Value } from 'strace-parser';
import { CallOutcome, ReturnKind } from 'strace-parser';

const codes: Record<Value['kind'], string> = {
  int: 'i',
  flags: 'f',
  bytes: 'b',
  address: 'a',
  struct: 's',
  list: 'l',
  set: 't',
  descriptor: 'd',
  change: 'c',
  macro: 'm',
  elided: 'e',
  raw: 'R',
};

/** Shape of a value: `s(ib)` is a struct of an integer and a byte string. */
function shape(value: Value): string {
  switch (value.kind) {
    case 'struct':
      return 's(' + value.fields.map(shape).join('') + ')' + (value.cut ? '+' : '');
    case 'list':
      return 'l(' + value.items.map(shape).join('') + ')' + (value.cut ? '+' : '');
    case 'change':
      return 'c(' + (value.before ? shape(value.before) : '') + shape(value.after) + ')';
    case 'bytes':
      return 'b' + value.bytes.length + (value.cut ? '+' : '');
    case 'descriptor':
      return 'd:' + value.target.kind + ' ';
    default:
      return codes[value.kind];
  }
}

const outcomes = Object.keys(CallOutcome);
const returns = Object.keys(ReturnKind);

/** One record as one line: where it stood, what it was, and the shape of its arguments. */
export function dumpRecord(record: LineRecord): string {
  const where = `${record.line + 1} ${record.pid}${record.comm && `<${record.comm}>`} ${record.timeNs}`;
  switch (record.type) {
    case 'call': {
      const entry = record.resumed ? ` entry=${record.entryLine + 1}:${record.entryPid}@${record.startNs}` : '';
      const result = record.returnAsValue();
      const returned = `${returns[record.returnKind]} ${record.returnValue}${result ? ' ' + shape(result) : ''}`;
      const marks = (record.injected ? ' injected' : '') + (record.delayed ? ' delayed' : '');
      const extras = Number.isNaN(record.syscallNumber) ? '' : ` nr=${record.syscallNumber}`;
      const pointer = record.instructionPointer === undefined ? '' : ` ip=${record.instructionPointer.toString(16)}`;
      return (
        `${where} call ${record.name}(${record.arguments().map(shape).join(',')}) ${outcomes[record.outcome]} ${returned}` +
        ` ${record.errno} "${record.returnText()}" ${record.durationNs} end=${record.endNs}${entry}${marks}${extras}${pointer}`
      );
    }
    case 'signal': {
      const info = record.info();
      return `${where} signal ${record.signal} ${record.infoNumber('si_pid')} ${info ? shape(info) : '-'}`;
    }
    case 'exit':
      return `${where} exit ${record.code} ${record.signal}${record.coreDumped ? ' core' : ''}`;
    case 'stop':
      return `${where} stop ${record.signal}`;
    case 'note':
      return `${where} note ${record.kind} ${record.value}`;
    case 'frame':
      return `${where} frame ${record.object} ${record.symbol}+${record.symbolOffset} ${record.address} ${record.source}`;
    case 'text':
      return `${where} text ${JSON.stringify(record.text())}`;
  }
}

export function dumpLog(log: ParsedLog): string {
  const head = `${log.lines} lines, times from ${log.origin.kind} ${log.origin.ns}\n`;
  return head + log.records.map(record => dumpRecord(record) + '\n').join('');
}
