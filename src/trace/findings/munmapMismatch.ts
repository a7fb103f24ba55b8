/** munmap of an address that no mmap can have returned. Unmapping a part of a region is allowed, so it is no finding. */
import { mapFailureRule } from './mapFailureRule.js';

export const munmapMismatch = mapFailureRule('munmap-mismatch', 'unmap');
