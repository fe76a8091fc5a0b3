/**
 * The icons, drawn as strokes on a 20 by 20 grid.
 */

const SVG = 'http://www.w3.org/2000/svg';

/** @type {Record<string, string>} */
const PATHS = {
  hash: 'M8 3 6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  shared: 'M4 16V8l6-4 6 4v8zM8 16v-5h4v5',
  home: 'M3 9.5 10 3l7 6.5M5 8v9h10V8M8.5 17v-5h3v5',
  send: 'M3 10 17 3l-4 14-3.5-5.5zM9.5 11.5 17 3',
  close: 'M5 5l10 10M15 5 5 15',
  menu: 'M3 5h14M3 10h14M3 15h14',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M10 1.5V3M10 17v1.5M1.5 10H3M17 10h1.5M4 4l1 1M15 15l1 1M4 16l1-1M15 5l1-1',
  moon: 'M16.5 12A7 7 0 1 1 8 3.5 5.5 5.5 0 0 0 16.5 12z',
  auto: 'M10 2.5a7.5 7.5 0 1 1 0 15zM10 2.5a7.5 7.5 0 0 0 0 15M10 2.5v15',
  eye: 'M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10zM10 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5',
  thread: 'M3 4h14v10H9l-4 3v-3H3zM6.5 7.5h7M6.5 10.5h4',
  back: 'M12.5 4 6.5 10l6 6',
  down: 'M5 7.5 10 12.5l5-5',
  right: 'M7.5 5l5 5-5 5',
  warning: 'M10 3 18 17H2zM10 8v4M10 14.3v.4',
  bolt: 'M11 2 4 11.5h5L8.5 18 16 8.5h-5z',
  search: 'M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M12.7 12.7 17 17',
  panel: 'M2.5 4h15v12h-15zM12 4v12',
  more: 'M10 4.5v.1M10 10v.1M10 15.4v.1',
  help: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M7.8 7.8a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.7M10 14v.2',
  slash: 'M13 3 7 17',
  check: 'M4 10.5 8.5 15 16 6',
  info: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M10 9v5M10 6v.2',
  picture: 'M2.5 4h15v12h-15zM2.5 14l4.5-4.5 3.5 3.5 2.5-2.5 4.5 4M13 7.5v.1',
  users: 'M7.5 4a3 3 0 1 1 0 6 3 3 0 0 1 0-6M2 16.5c0-3 2.5-4.5 5.5-4.5s5.5 1.500 5.5 4.500M13 4.300a3 3 0 0 1 0 5.500M15 12.500c2 .6 3 2 3 4',
};

/**
 * An icon without a name of its own: what it stands for is said by the control that holds it.
 * @param {keyof typeof PATHS} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
