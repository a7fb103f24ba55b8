/** Transfers: bytes that went from one descriptor to another in the range, by method, calls and copies. */

import type { TransferInfo } from '../../protocol.js';
import type { Context } from '../context.js';
import { formatBytes, formatCount, formatDuration } from '../format.js';
import type { ViewState } from '../store.js';
import { DataTable, type DataColumn } from './dataTable.js';
import { StatePanel } from './panel.js';
import { scopeKey, scopeQuery } from './scope.js';

export class TransfersPanel extends StatePanel {
  readonly #table: DataTable<TransferInfo>;

  constructor(context: Context) {
    super(context);
    const { t, actions } = context;
    this.#table = new DataTable(this.#columns(), row => void actions.select(row), t('tabTransfers'));
    this.element.append(this.#table.element);
  }

  protected question(state: Readonly<ViewState>): string {
    return scopeKey(state);
  }

  protected async refresh(): Promise<string> {
    const { host, store, t } = this.context;
    const transfers = await host.latest('transfers', 'transfers', scopeQuery(store.state));
    this.#table.show(transfers);
    const bytes = transfers.reduce((sum, transfer) => sum + transfer.bytes, 0);
    const copied = transfers.reduce((sum, transfer) => sum + transfer.bytes * transfer.userCopies, 0);
    this.say(transfers.length === 0 ? '' : t('transfersLead', formatBytes(bytes), formatBytes(copied)));
    return transfers.length === 0 ? t('transfersEmpty') : '';
  }

  #columns(): DataColumn<TransferInfo>[] {
    const { t } = this.context;
    const perCall = (transfer: TransferInfo): number => transfer.bytes / Math.max(1, transfer.calls);
    return [
      {
        key: 'from',
        heading: t('colFrom'),
        text: x => `${x.fromFd} ${x.fromName}`,
        title: x => x.fromName,
        code: true,
      },
      { key: 'to', heading: t('colTo'), text: x => `${x.toFd} ${x.toName}`, title: x => x.toName, code: true },
      { key: 'method', heading: t('colMethod'), text: x => t(`method_${x.method}`), jump: x => x.firstRow },
      { key: 'bytes', heading: t('colBytes'), text: x => formatBytes(x.bytes), numeric: true },
      { key: 'calls', heading: t('colCalls'), text: x => formatCount(x.calls), numeric: true },
      { key: 'per', heading: t('colBytesPerCall'), text: x => formatBytes(perCall(x)), numeric: true },
      { key: 'copies', heading: t('colCopies'), text: x => String(x.userCopies), numeric: true },
      { key: 'time', heading: t('colTime'), text: x => formatDuration(x.timeNs), numeric: true },
    ];
  }
}
