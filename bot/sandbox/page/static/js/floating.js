/**
 * Places a list or menu beside what opened it, above everything, also within a dialog.
 */

const GAP = 4;
const MARGIN = 8;

const CHECK_MS = 200;

/**
 * Show `floating` (an element with the attribute popover) under or over `anchor`; it leaves with its anchor.
 *
 * While it is shown it stands in the dialog or in the body: within a message it would be cut off with it.
 * @param {HTMLElement} floating
 * @param {HTMLElement} anchor
 * @param {{matchWidth?: boolean, alignEnd?: boolean}} [how]
 */
export function showBeside(floating, anchor, how = {}) {
  if (isShown(floating)) {
    placeBeside(floating, anchor, how);
    return;
  }
  (anchor.closest('dialog') ?? document.body).append(floating);
  floating.showPopover();
  const place = () => {
    if (!isShown(floating)) stop();
    else if (anchor.isConnected) placeBeside(floating, anchor, how);
    else hideFloating(floating);
  };
  const timer = setInterval(place, CHECK_MS);
  const stop = () => {
    clearInterval(timer);
    document.removeEventListener('scroll', place, true);
    removeEventListener('resize', place);
  };
  document.addEventListener('scroll', place, true);
  addEventListener('resize', place);
  place();
}

/** @param {HTMLElement} floating */
export function isShown(floating) {
  return floating.isConnected && floating.matches(':popover-open');
}

/**
 * @param {HTMLElement} floating
 * @param {HTMLElement} anchor
 * @param {{matchWidth?: boolean, alignEnd?: boolean}} how
 */
function placeBeside(floating, anchor, how) {
  const box = anchor.getBoundingClientRect();
  floating.style.minWidth = how.matchWidth ? `${box.width}px` : '';
  const { width, height } = floating.getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP - MARGIN;
  const above = box.top - GAP - MARGIN;
  const under = below >= height || below >= above;
  const left = how.alignEnd ? box.right - width : box.left;
  floating.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
  floating.style.top = under ? `${box.bottom + GAP}px` : `${Math.max(MARGIN, box.top - GAP - Math.min(height, above))}px`;
  floating.style.maxHeight = `${Math.max(120, Math.min(320, under ? below : above))}px`;
}

/** @param {HTMLElement} floating */
export function hideFloating(floating) {
  if (isShown(floating)) floating.hidePopover();
  floating.remove();
}
