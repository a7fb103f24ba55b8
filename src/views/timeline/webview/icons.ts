/** The few icons of the view, drawn for it on a 16 × 16 grid (a font of hundreds would weigh more than the whole view). */

export const iconPaths = {
  stop: 'M4 4h8v8H4z',
  restart: 'M8 3a5 5 0 1 1-4.6 3h1.1A4 4 0 1 0 8 4v2.2L4.8 3.6 8 1z',
  fit: 'M2 3h1v10H2zM13 3h1v10h-1zM4 8l2.6-2.5v2h2.8v-2L12 8l-2.6 2.5v-2H6.6v2z',
  zoomIn: 'M7.5 3h1v4.5H13v1H8.5V13h-1V8.5H3v-1h4.5z',
  zoomOut: 'M3 7.5h10v1H3z',
  chevronDown: 'M3.6 5.5 8 9.9l4.4-4.4.7.7L8 11.3 2.9 6.2z',
  chevronRight: 'M5.5 3.6 9.9 8l-4.4 4.4.7.7L11.3 8 6.2 2.9z',
  chevronUp: 'M3.6 10.5 8 6.1l4.4 4.4.7-.7L8 4.7 2.9 9.8z',
  filter: 'M2 3.5h12v1.2L9.5 9.4v4.1l-3-1.6V9.4L2 4.7zm1.7 1 3.8 4.5v2.3l1 .5V9l3.8-4.5z',
  close: 'M4.4 3.7 8 7.3l3.6-3.6.7.7L8.7 8l3.6 3.6-.7.7L8 8.7l-3.6 3.6-.7-.7L7.3 8 3.7 4.4z',
  live: 'M3 3.5 7.5 8 3 12.5zM8 3.5 12.5 8 8 12.5zM13 3.5h1v9h-1z',
  help: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zm0 1a5 5 0 1 0 0 10A5 5 0 0 0 8 3zm-.5 7.4h1v1h-1zM8 4.6c1.3 0 2.2.8 2.2 1.9 0 .8-.4 1.2-1 1.7-.5.4-.7.6-.7 1.2h-1c0-1 .4-1.5 1-2 .5-.4.7-.6.7-1 0-.5-.5-.8-1.2-.8s-1.2.4-1.2 1.1h-1c0-1.3.9-2.1 2.2-2.1z',
  drawer:
    'M2.5 3h11a.5.5 0 0 1 .5.5v9a.5.5 0 0 1-.5.5h-11a.5.5 0 0 1-.5-.5v-9a.5.5 0 0 1 .5-.5zM3 4v5h10V4zm0 6v2h10v-2z',
  copy: 'M5 2h7a1 1 0 0 1 1 1v8h-1V3H5zM3 5a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1zm1 0v8h6V5z',
  check: 'M6.4 11.9 2.7 8.2l.7-.7 3 3 6.2-6.2.7.7z',
  circle: 'M8 3.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zm0 1a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  source: 'M5.5 4.3 1.8 8l3.7 3.7.7-.7-3-3 3-3zM10.5 4.3l3.7 3.7-3.7 3.7-.7-.7 3-3-3-3z',
  subtree: 'M2 2h5v3H5v2h4V6h5v3H9V8H5v4h4v-1h5v3H9v-1H4V5H2z',
  all: 'M2 3h12v1H2zM2 6h12v1H2zM2 9h12v1H2zM2 12h12v1H2z',
  warning: 'M8 2.2 14.6 14H1.4zm0 2L3.1 13h9.8zM7.5 7h1v3h-1zm0 3.8h1v1h-1z',
  error:
    'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zm0 1a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM5.9 5.2 8 7.3l2.1-2.1.7.7L8.7 8l2.1 2.1-.7.7L8 8.7l-2.1 2.1-.7-.7L7.3 8 5.2 5.9z',
  info: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zm0 1a5 5 0 1 0 0 10A5 5 0 0 0 8 3zm-.5 1.9h1v1h-1zm0 2.1h1v4.1h-1z',
  book: 'M2 3h4.5C7.2 3 7.7 3.3 8 3.7 8.3 3.3 8.8 3 9.5 3H14v10H9.3c-.6 0-.9.3-1 .6h-.6c-.1-.3-.4-.6-1-.6H2zm1 1v8h3.7c.3 0 .6.1.8.2V4.7c0-.4-.4-.7-1-.7zm6.5 0c-.6 0-1 .3-1 .7v7.5c.2-.1.5-.2.8-.2H13V4z',
  search:
    'M7 2.5a4.5 4.5 0 1 1-2.8 8L1.6 13l-.7-.7 2.6-2.6A4.5 4.5 0 0 1 7 2.5zm0 1a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  sortUp: 'M8 5l4 5H4z',
  sortDown: 'M8 11 4 6h8z',
} as const;

export type IconName = keyof typeof iconPaths;
