/** Memory: the selected process's address space at that time, drawn to a readable scale and listed, faults placed in it. */

import type { MemoryMap, RegionInfo } from '../../protocol.js';
import type { Context } from '../context.js';
import { h } from '../dom.js';
import { formatBytes, formatCount, formatMoment } from '../format.js';
import type { ViewState } from '../store.js';
import { DataTable, type DataColumn } from './dataTable.js';
import { StatePanel } from './panel.js';
import { stateKey, stateQuery } from './stateScope.js';

/** Bars narrower than this cannot be pointed at. */
const leastShare = 0.6;

export class MemoryPanel extends StatePanel {
  readonly #table: DataTable<RegionInfo>;
  readonly #bar = h('div', { class: 'memory-bar', attributes: { 'aria-hidden': 'true' } });
  readonly #faults = h('ul', { class: 'memory-faults' });

  constructor(context: Context) {
    super(context);
    const { t, actions } = context;
    this.#table = new DataTable(this.#columns(), row => void actions.select(row), t('tabMemory'));
    this.element.append(this.#bar, this.#faults, this.#table.element);
  }

  protected question(state: Readonly<ViewState>): string {
    return stateKey(state);
  }

  protected async refresh(): Promise<string> {
    const { host, store, t } = this.context;
    const query = stateQuery(store.state);
    if (query === null) {
      this.#show(undefined);
      this.say('');
      return t('chooseLane');
    }
    const { pid, map } = await host.latest('memory', 'memory', query);
    this.#show(map);
    const when = query.atNs === null ? t('atTheEnd') : t('atTime', formatMoment(query.atNs, 1000));
    const bytes = map.regions.reduce((sum, r) => sum + r.end - r.start, 0);
    const partly = map.complete ? t('memoryWithoutExec') : t('memoryPartly');
    this.say(`${t('memoryOf', formatBytes(bytes), formatCount(map.regions.length), pid, when)} ${partly}`);
    return map.regions.length === 0 ? t('memoryEmpty', pid, when) : '';
  }

  #show(map: MemoryMap | undefined): void {
    const regions = map?.regions ?? [];
    this.#table.show(regions);
    const bytes = regions.reduce((sum, r) => sum + r.end - r.start, 0);
    this.#bar.replaceChildren(
      ...regions.map(r => {
        const part = h('span', { class: `memory-part kind-${r.kind}${r.shared ? ' shared' : ''}` });
        // A logarithmic share: a page stays visible beside a gigabyte.
        part.style.flexGrow = String(Math.max(leastShare, Math.log2((r.end - r.start) / 4096 + 1)));
        part.title = `${hex(r.start)}\u2013${hex(r.end)} ${r.protection} ${r.path || r.kind}`;
        return part;
      }),
    );
    this.#bar.hidden = bytes === 0;
    const { t, actions } = this.context;
    this.#faults.replaceChildren(
      ...(map?.faults ?? []).map(f =>
        h('li', {
          children: [
            h('button', {
              class: 'link',
              text: t(`fault_${f.near}`, f.signal, hex(f.address)),
              attributes: { type: 'button' },
              click: () => void actions.select(f.row),
            }),
          ],
        }),
      ),
    );
  }

  #columns(): DataColumn<RegionInfo>[] {
    const { t } = this.context;
    return [
      { key: 'range', heading: t('colAddress'), text: r => `${hex(r.start)}\u2013${hex(r.end)}`, code: true },
      { key: 'size', heading: t('colSize'), text: r => formatBytes(r.end - r.start), numeric: true },
      { key: 'protection', heading: t('colProtection'), text: r => r.protection, code: true },
      { key: 'shared', heading: t('colSharing'), text: r => (r.shared ? t('shared') : t('private')) },
      { key: 'kind', heading: t('colKind'), text: r => t(`region_${r.kind}`) },
      { key: 'path', heading: t('colName'), text: r => r.path, title: r => r.path, code: true },
      {
        key: 'with',
        heading: t('colSharedWith'),
        text: r => r.sharedWith.map(s => s.pid).join(' '),
        title: r => (r.sharedWith.length === 0 ? '' : r.shared ? t('sharedWritable') : t('sharedCopyOnWrite')),
      },
      {
        key: 'since',
        heading: t('colSince'),
        text: r => formatMoment(r.sinceNs, 1000),
        jump: r => r.bornRow,
      },
    ];
  }
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}
