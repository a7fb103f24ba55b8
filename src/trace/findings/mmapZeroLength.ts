/** mmap of nothing: the size of an empty file was given as length. */
import { mapFailureRule } from './mapFailureRule.js';

export const mmapZeroLength = mapFailureRule('mmap-zero-length', 'zeroLength');
