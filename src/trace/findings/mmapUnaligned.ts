/** mmap from an offset that is no multiple of the page. glibc refuses it before the kernel sees it: only raw calls are found. */
import { mapFailureRule } from './mapFailureRule.js';

export const mmapUnaligned = mapFailureRule('mmap-unaligned', 'unalignedOffset');
