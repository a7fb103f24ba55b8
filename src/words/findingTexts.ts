/**
 * What each rule of src/trace/findings says, by its id. The texts stand in findings/, by what they are about. Placeholders are filled
 * from the finding's values, in the order of `values`.
 */

import { descriptorTexts } from './findings/descriptorTexts.js';
import { eventLoopTexts } from './findings/eventLoopTexts.js';
import { ipcTexts } from './findings/ipcTexts.js';
import { memoryTexts } from './findings/memoryTexts.js';
import { processTexts } from './findings/processTexts.js';
import { signalTexts } from './findings/signalTexts.js';
import { socketTexts } from './findings/socketTexts.js';
import { syncTexts } from './findings/syncTexts.js';
import type { FindingTexts } from './findings/findingText.js';

export const findingTexts: FindingTexts = {
  ...processTexts,
  ...signalTexts,
  ...eventLoopTexts,
  ...descriptorTexts,
  ...socketTexts,
  ...syncTexts,
  ...ipcTexts,
  ...memoryTexts,
};
