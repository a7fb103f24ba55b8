/** mmap asked for more than the descriptor was opened for. */
import { mapFailureRule } from './mapFailureRule.js';

export const mmapEacces = mapFailureRule('mmap-eacces', 'access');
