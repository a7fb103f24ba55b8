/** Descriptors: what the selected process had open at that time, with what went through each. */

import type { DescriptorInfo, DescriptorUse } from '../../protocol.js';
import type { Context } from '../context.js';
import { formatBytes, formatCount, formatDuration, formatMoment } from '../format.js';
import type { ViewState } from '../store.js';
import { DataTable, type DataColumn } from './dataTable.js';
import { StatePanel } from './panel.js';
import { stateKey, stateQuery } from './stateScope.js';

export class DescriptorsPanel extends StatePanel {
  readonly #table: DataTable<DescriptorInfo>;
  /** By descriptor id. */
  #use = new Map<number, DescriptorUse>();

  constructor(context: Context) {
    super(context);
    const { t, actions } = context;
    this.#table = new DataTable(this.#columns(), row => void actions.select(row), t('tabDescriptors'));
    this.element.append(this.#table.element);
  }

  protected question(state: Readonly<ViewState>): string {
    return stateKey(state);
  }

  protected async refresh(): Promise<string> {
    const { host, store, t } = this.context;
    const query = stateQuery(store.state);
    if (query === null) {
      this.#table.show([]);
      this.say('');
      return t('chooseLane');
    }
    const { pid, descriptors, use } = await host.latest('descriptors', 'descriptors', query);
    this.#use = new Map(use.map(one => [one.id, one]));
    this.#table.show(descriptors);
    const when = query.atNs === null ? t('atTheEnd') : t('atTime', formatMoment(query.atNs, 1000));
    this.say(descriptors.length === 0 ? '' : t('descriptorsOf', formatCount(descriptors.length), pid, when));
    return descriptors.length === 0 ? t('descriptorsEmpty', pid, when) : '';
  }

  #model(d: DescriptorInfo, say: (model: NonNullable<DescriptorUse['model']>) => string): string {
    const model = this.#use.get(d.id)?.model ?? null;
    return model === null ? '' : say(model);
  }

  #time(d: DescriptorInfo, of: 'workedNs' | 'blockedNs'): string {
    const ns = this.#use.get(d.id)?.[of] ?? 0;
    return ns === 0 ? '' : formatDuration(ns);
  }

  #columns(): DataColumn<DescriptorInfo>[] {
    const { t } = this.context;
    const bytes = (count: number): string => (count === 0 ? '' : formatBytes(count));
    const flags = (d: DescriptorInfo): string =>
      [
        d.access === null ? '' : { read: 'r', write: 'w', readWrite: 'rw' }[d.access],
        d.nonBlocking ? t('flagNonBlocking') : '',
        d.append ? t('flagAppend') : '',
        d.closeOnExec ? t('flagCloseOnExec') : '',
        d.deleted ? t('flagUnlinked') : '',
        d.ownTid === null ? '' : t('flagOwnTable', String(d.ownTid)),
      ]
        .filter(text => text !== '')
        .join(' ');
    return [
      { key: 'fd', heading: t('colFd'), text: d => String(d.fd), numeric: true },
      { key: 'letter', heading: t('colType'), text: d => d.letter, title: d => d.kind, code: true },
      { key: 'name', heading: t('colName'), text: d => d.name, title: d => d.name, code: true },
      { key: 'flags', heading: t('colFlags'), text: flags },
      { key: 'in', heading: t('colBytesIn'), text: d => bytes(d.bytesIn), numeric: true },
      { key: 'out', heading: t('colBytesOut'), text: d => bytes(d.bytesOut), numeric: true },
      { key: 'calls', heading: t('colCalls'), text: d => formatCount(d.calls), numeric: true },
      {
        key: 'errors',
        heading: t('colErrors'),
        text: d => (d.errors === 0 ? '' : formatCount(d.errors)),
        numeric: true,
      },
      {
        key: 'model',
        heading: t('colIoModel'),
        text: d => this.#model(d, model => t(`ioModel_${model}`)),
        title: d => this.#model(d, model => t(modelTitles[model])),
      },
      { key: 'worked', heading: t('colWorked'), text: d => this.#time(d, 'workedNs'), numeric: true },
      {
        key: 'waited',
        heading: t('colWaited'),
        text: d => this.#time(d, 'blockedNs'),
        title: d => {
          const notReady = this.#use.get(d.id)?.notReady ?? 0;
          return notReady === 0 ? '' : t('ioNotReady', formatCount(notReady));
        },
        numeric: true,
      },
      {
        key: 'shared',
        heading: t('colSharedWith'),
        text: d => d.siblings.map(s => `${s.pid}:${s.fd}`).join(' '),
        title: d => (d.siblings.length > 0 ? t('sharedOffset') : ''),
      },
      {
        key: 'since',
        heading: t('colSince'),
        text: d => (d.birth === 'unknown' ? t('beforeTrace') : formatMoment(d.openNs, 1000)),
        title: d => d.birth,
        jump: d => d.birthRow,
      },
    ];
  }
}

const modelTitles = {
  blocking: 'ioBlockingTitle',
  nonBlocking: 'ioNonBlockingTitle',
  multiplexed: 'ioMultiplexedTitle',
  signalDriven: 'ioSignalDrivenTitle',
  asynchronous: 'ioAsynchronousTitle',
} as const;
