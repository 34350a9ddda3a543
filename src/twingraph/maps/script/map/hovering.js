// What is under the pointer, and the words next to it.
import { $ } from '../dom.js';
import { chosen, setChosen } from '../state.js';
import { chipAt } from './labels.js';
import * as scene from './scene.js';

const tip = $('tip');
let describe = () => [];

/**
 * @param {function(object): Node[]} describeHovered Words what is under the pointer.
 */
export function startHovering(describeHovered) {
  describe = describeHovered;
}

/**
 * Find what is under the pointer, and describe it next to it.
 *
 * @param {PointerEvent} event The event.
 * @param {HTMLElement} within The element that the view fills.
 * @param {object} own The view: of the map or of its inset.
 */
export function handleHover(event, within, own) {
  const frame = within.getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
  const chip = chipAt(x, y, own);
  const found = chip ? null : scene.pick(x, y, own, 4);
  within.style.cursor = found || chip ? 'pointer' : '';
  const keyOf = (each) => each?.place ?? each?.tie ?? (each?.pair ?? each?.gathered)?.map((place) => place.id).join();
  if (keyOf(found) !== keyOf(chosen.hover)) {
    setChosen({ hover: found });
    if (found) tip.replaceChildren(...describe(found));
  }
  tip.hidden = !found;
  if (!found) return;
  const stage = $('stage').getBoundingClientRect();
  const { offsetWidth: w, offsetHeight: h } = tip;
  const [left, top] = [event.clientX - stage.left, event.clientY - stage.top];
  tip.style.left = `${Math.max(4, left + 16 + w > stage.width ? left - w - 14 : left + 16)}px`;
  tip.style.top = `${Math.max(4, Math.min(top + 14, stage.height - h - 6))}px`;
}
/**
 * Hide what is written next to the pointer.
 */
export function hideTip() {
  tip.hidden = true;
}

/**
 * Forget what was under the pointer: it has left.
 */
export function endHover() {
  hideTip();
  if (chosen.hover) setChosen({ hover: null });
}
