/** The page that a query asks for. */

import type { Translate } from '../translate.js';
import { channelsPage } from './channelsPage.js';
import type { Page, PageQuery, PageSource } from './page.js';
import { processPage } from './processPage.js';
import { timePage } from './timePage.js';
import { waitingPage } from './waitingPage.js';

export function statePage(source: PageSource, query: PageQuery, t: Translate): Promise<Page> {
  switch (query.page) {
    case 'process':
      return processPage(source, query, t);
    case 'channels':
      return channelsPage(source, query, t);
    case 'time':
      return timePage(source, query, t);
    case 'waiting':
      return waitingPage(source, query, t);
  }
}
