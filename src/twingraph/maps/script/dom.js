// Elements of the page.
import { words } from './data.js';

/** In a notebook the page is a frame without an address: nothing links to it, and the wheel scrolls the notebook. */
export const IS_FRAMED = location.protocol === 'about:';

/**
 * @param {string} id The id of an element.
 * @returns {HTMLElement} The element.
 */
export function $(id) {
  return document.getElementById(id);
}

/**
 * Make an element. Texts are set as text, never as markup: names in the data come from strangers' files.
 *
 * @param {string} tag The element's name.
 * @param {object} attributes Its attributes; `text`, `on` (listeners by event) and `css` (properties) are special.
 * @param {...*} children Its children; what is absent is skipped, lists are flattened.
 * @returns {HTMLElement} The element.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === 'text') node.textContent = value;
    else if (name === 'css') for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/**
 * @param {string} text What the button does.
 * @param {function(Event): void} click What happens on a click.
 * @param {object} attributes Further attributes.
 * @returns {HTMLElement} A button that looks like a link.
 */
export function plainButton(text, click, attributes = {}) {
  return el('button', { type: 'button', class: 'plain', text, on: { click }, ...attributes });
}

/**
 * @param {string} title The heading.
 * @param {...*} rest What follows it.
 * @returns {HTMLElement} A section.
 */
export function section(title, ...rest) {
  return el('section', {}, el('h2', { text: title }), ...rest);
}

/**
 * @param {string} text A name from the data.
 * @returns {HTMLElement} The name, kept in its own direction.
 */
export function bdi(text) {
  return el('bdi', { text });
}

/**
 * Set the text of every element of the template that carries a key of the catalogue.
 */
export function applyWords() {
  const { t } = words;
  const lang = words.language();
  document.documentElement.lang = lang;
  const all = (selector) => document.querySelectorAll(selector);
  for (const node of all('[data-t]')) node.textContent = t(node.dataset.t);
  for (const node of all('[data-t-label]')) node.setAttribute('aria-label', t(node.dataset.tLabel));
  for (const node of all('[data-t-title]')) node.title = t(node.dataset.tTitle);
  for (const node of all('[data-t-placeholder]')) node.placeholder = t(node.dataset.tPlaceholder);
  for (const node of all('[data-lang]')) node.setAttribute('aria-pressed', node.dataset.lang === lang);
}

const ANNOUNCED_MILLISECONDS = 4000;
/**
 * @param {string} text What has just happened, for readers and screen readers.
 */
export function announce(text) {
  $('live').textContent = text;
  setTimeout(() => {
    if ($('live').textContent === text) $('live').textContent = '';
  }, ANNOUNCED_MILLISECONDS);
}
