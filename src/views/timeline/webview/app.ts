/** The whole view: builds its parts, lays them out, and passes every change of the state to them in one order. */

import type { Context } from './context.js';
import { Axis } from './axis.js';
import { h, setHidden } from './dom.js';
import { Drawer } from './drawer/drawer.js';
import { Help } from './help.js';
import { listenForKeys } from './keys.js';
import { LaneList } from './lanes/laneList.js';
import { LanesView } from './lanes/lanesView.js';
import { LanePointer } from './lanes/pointer.js';
import { WindowData } from './lanes/windowData.js';
import { Overview } from './overview.js';
import { Screens } from './screens.js';
import { splitter } from './splitter.js';
import { touches, type Changes, type ViewState } from './store.js';
import { Toolbar } from './toolbar.js';
import { Tooltip } from './tooltip.js';

/** Overview, axis and two lanes keep this height however large the drawer is made. */
const leastStagePx = 130;
const leastDrawerPx = 96;
/** Views that are low and wide, as a panel is, have the drawer beside the lanes. */
const besideBelowHeightPx = 460;
const besideFromWidthPx = 880;

export class App {
  readonly toolbar: Toolbar;
  readonly #lanes: LanesView;
  readonly #overview: Overview;
  readonly #laneList: LaneList;
  readonly #data: WindowData;
  readonly #tooltip: Tooltip;
  readonly #parts: { update(state: Readonly<ViewState>, changes: Changes): void }[];
  readonly #root: HTMLElement;
  readonly #cursor = h('div', { class: 'cursor-line', attributes: { hidden: '' } });

  constructor(
    private readonly context: Context,
    root: HTMLElement,
    retry: () => void,
  ) {
    const { store, host, t } = context;
    this.#root = root;
    const failed = (error: unknown) => context.failed(error);
    this.#laneList = new LaneList(store, host, failed);
    this.#data = new WindowData(store, host, failed);
    this.toolbar = new Toolbar(context);
    this.#overview = new Overview(context);
    const axis = new Axis(context);
    this.#lanes = new LanesView(context, this.#laneList, this.#data);
    context.actions.view = this.#lanes;
    this.#tooltip = new Tooltip(context, this.#data, this.#laneList);
    const pointer = new LanePointer(context, this.#lanes, this.#tooltip);
    const drawer = new Drawer(context);
    const screens = new Screens(context, retry);
    const help = new Help(context);
    // What changes the layout comes before what measures it.
    this.#parts = [screens, this.toolbar, drawer, this.#overview, axis, this.#lanes, pointer, help];

    const nameSplitter = splitter({
      class: 'name-splitter',
      label: t('resizeNames'),
      orientation: 'vertical',
      sign: 1,
      size: () => ({ value: store.state.nameWidthPx, least: 72, most: Math.max(96, root.clientWidth * 0.6) }),
      resize: nameWidthPx => store.set({ nameWidthPx }),
    });
    const stage = h('div', {
      class: 'stage',
      children: [
        this.#overview.element,
        axis.element,
        this.#lanes.element,
        this.#cursor,
        nameSplitter,
        this.toolbar.jumpToLive,
      ],
    });
    const resizeDrawer = (key: 'drawerHeightPx' | 'drawerWidthPx', value: number) =>
      store.set({ [key]: value, drawerOpen: true, drawerUntouched: false });
    const below = splitter({
      class: 'drawer-splitter below',
      label: t('resizeDrawer'),
      orientation: 'horizontal',
      sign: -1,
      size: () => {
        const both = stage.offsetHeight + drawer.element.offsetHeight;
        return {
          value: drawer.element.offsetHeight,
          least: leastDrawerPx,
          most: Math.max(leastDrawerPx, both - leastStagePx),
        };
      },
      resize: value => resizeDrawer('drawerHeightPx', value),
    });
    const beside = splitter({
      class: 'drawer-splitter beside',
      label: t('resizeDrawer'),
      orientation: 'vertical',
      sign: -1,
      size: () => ({ value: drawer.element.offsetWidth, least: 240, most: Math.max(240, root.clientWidth * 0.6) }),
      resize: value => resizeDrawer('drawerWidthPx', value),
    });
    const body = h('div', { class: 'body', children: [stage, below, beside, drawer.element] });
    const narrow = h('div', { class: 'narrow', text: t('narrow') });
    root.replaceChildren(this.toolbar.element, screens.bars, body, screens.element, narrow, this.#tooltip.element,
      help.element); // prettier-ignore

    listenForKeys(context, () => this.toolbar.filter.focus());
    store.subscribe((state, changes) => this.#update(state, changes));
    // A changed size is drawn in the same frame in which it was laid out: nothing is shown stretched.
    new ResizeObserver(() => {
      this.#fitLayout();
      store.bump('layoutVersion');
      store.flush();
    }).observe(root);
  }

  /** Another trace is shown: nothing of the former one stays. */
  clear(): void {
    this.#laneList.clear();
    this.#data.clear();
    this.#overview.clear();
    this.#tooltip.hide();
  }

  #update(state: Readonly<ViewState>, changes: Changes): void {
    if (touches(changes, 'nameWidthPx', 'layoutVersion')) {
      this.#root.style.setProperty('--name-width', `${state.nameWidthPx}px`);
    }
    if (touches(changes, 'drawerHeightPx', 'drawerWidthPx', 'drawerUntouched', 'layoutVersion')) {
      const { drawerHeightPx, drawerUntouched } = state;
      // Before anything is selected it has one sentence to say.
      const unset = drawerUntouched ? `${leastDrawerPx}px` : 'max(220px, 38vh)';
      this.#root.style.setProperty('--drawer-height', drawerHeightPx === null ? unset : `${drawerHeightPx}px`);
      this.#root.style.setProperty('--drawer-width', `${state.drawerWidthPx}px`);
    }
    if (touches(changes, 'drawerOpen', 'trace')) this.#root.classList.toggle('drawer-closed', !state.drawerOpen);
    for (const part of this.#parts) part.update(state, changes);
    if (touches(changes, 'cursorNs', 'window', 'nameWidthPx')) this.#showCursor(state);
  }

  #showCursor(state: Readonly<ViewState>): void {
    const x = state.cursorNs === null ? -1 : this.#lanes.scale.toPx(state.cursorNs);
    const hidden = x < 0 || x > this.#lanes.widthPx;
    setHidden(this.#cursor, hidden);
    if (hidden) return;
    this.#cursor.style.transform = `translateX(${Math.round(state.nameWidthPx + x)}px)`;
  }

  #fitLayout(): void {
    const { clientWidth: width, clientHeight: height } = this.#root;
    const { nameWidthPx, drawerUntouched } = this.context.store.state;
    const beside = height < besideBelowHeightPx && width >= besideFromWidthPx;
    this.#root.classList.toggle('beside', beside);
    // Where there is room for it, the drawer is there from the start.
    if (drawerUntouched) this.context.store.set({ drawerOpen: height >= besideBelowHeightPx });
    // A narrow view gives the names no more than a third of it.
    const mostNames = Math.max(84, Math.round(width * 0.36));
    if (width > 0 && nameWidthPx > mostNames) this.context.store.set({ nameWidthPx: mostNames });
  }
}
