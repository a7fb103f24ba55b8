/**
 * strace-parser/batch: parse a log in one thread and take its records in another. Runs anywhere; how batches travel is the user's.
 */

export { BatchReader } from './batchReader.js';
export { BatchWriter } from './batchWriter.js';
export { newBatch, type RecordBatch } from './recordBatch.js';
