import assert from 'node:assert/strict';
import { RowScroll } from '../../../src/views/timeline/webview/drawer/rowScroll.js';

function scrollOf(total: number): RowScroll {
  const scroll = new RowScroll(22);
  scroll.total = total;
  scroll.viewportPx = 220;
  return scroll;
}

describe('scrolling through rows', () => {
  it('lays out a list that fits into a browser pixel by pixel', () => {
    const scroll = scrollOf(1000);
    assert.equal(scroll.spacerPx, 22_000);
    scroll.fromScrollTop(440);
    assert.deepEqual(scroll.visible(), { first: 20, count: 10 });
    scroll.fromScrollTop(450);
    assert.deepEqual(scroll.visible(), { first: 20, count: 11 });
  });

  it('reaches the first and the last of ten million rows with the scroll bar', () => {
    const scroll = scrollOf(10_000_000);
    assert.ok(scroll.spacerPx < 17_000_000);
    scroll.fromScrollTop(scroll.spacerPx - 220);
    const { first, count } = scroll.visible();
    assert.equal(first + count, 10_000_000);
    scroll.fromScrollTop(0);
    assert.equal(scroll.visible().first, 0);
  });

  it('moves by single rows in a list that is squeezed into the scroll bar', () => {
    const scroll = scrollOf(10_000_000);
    scroll.moveTo(5_000_000 * 22);
    // The bar answers with the rounded place that it was given.
    scroll.fromScrollTop(Math.round(scroll.scrollTop));
    assert.equal(scroll.visible().first, 5_000_000);
    scroll.moveTo(scroll.topPx + 22);
    scroll.fromScrollTop(Math.round(scroll.scrollTop));
    assert.equal(scroll.visible().first, 5_000_001);
  });

  it('reveals a row by the shortest way and leaves a visible one alone', () => {
    const scroll = scrollOf(1000);
    scroll.reveal(5);
    assert.equal(scroll.topPx, 0);
    scroll.reveal(500);
    assert.equal(scroll.visible().first + scroll.visible().count, 501);
    scroll.reveal(100);
    assert.equal(scroll.visible().first, 100);
    scroll.reveal(700, true);
    assert.equal(scroll.topPx, 700 * 22 - 99);
  });

  it('has nothing to show of an empty list', () => {
    assert.deepEqual(scrollOf(0).visible(), { first: 0, count: 0 });
  });
});
