/**
 * strace-parser/node: one large log on all cores. Needs Node's worker threads; everything else of the package does not.
 */

export { parseFile, type ParsedFile, type ParseFileOptions } from './parseFile.js';
export type { CreatePart, FilePart } from './fileTask.js';
