/**
 * strace-parser: a complete, fast, typed parser and printer for strace's output. See README.md.
 */

export { StraceParser, type CallInProgress, type ParserOptions, type PieceStart } from './parser.js';
export type { CallEntry } from './threads.js';
export { parse, parseLine, type ParsedLog } from './parse.js';
export { mergeSet, pidOfSetFile, type SetFile } from './mergeSet.js';
export { parseStream, type LogStream, type StreamOptions, type WebStream } from './stream.js';
export { printLog, printRecord } from './printer.js';
export { printValue, printValues } from './printValue.js';
export type { LineLayout } from './layout.js';
export * from './records.js';
export type * from './values.js';
