/**
 * strace-parser: a complete, fast, typed parser and printer for strace's output. See README.md.
 */

export { StraceParser, type ParserOptions } from './parser.js';
export { parse, parseLine, type ParsedLog } from './parse.js';
export * from './records.js';
export type * from './values.js';
