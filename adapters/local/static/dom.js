// Building the page. Whatever is shown goes in as text: nothing here, or anywhere, writes HTML.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes, listeners (`onclick: fn`) and children; strings become text, empty values nothing. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    set(element, name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

function set(element, name, value) {
  if (value === false || value === null || value === undefined) return;
  if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? '' : value);
}

/** A small picture beside or instead of words; silent to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A round face of initials, in a colour of the person's own. */
export function face(name, user) {
  const element = el('span', { class: 'face', 'aria-hidden': 'true' }, initials(name));
  element.style.setProperty('--hue', String(hue(user)));
  return element;
}

/** The bot's face. */
export function botFace() {
  return el('img', { class: 'face', src: '/static/icon.svg', alt: '' });
}

function initials(name) {
  const parts = name.split(/\s+/).filter((part) => /^\p{L}/u.test(part));
  const chosen = parts.length > 1 ? [parts[0], parts[parts.length - 1]] : parts;
  return chosen.map((part) => [...part][0].toUpperCase()).join('');
}

function hue(user) {
  let sum = 0x811c9dc5;
  for (const character of user) sum = Math.imul(sum ^ character.codePointAt(0), 0x01000193);
  return ((sum ^ (sum >>> 15)) >>> 0) % 360;
}

let count = 0;

/** A name that no other element has. */
export function fresh(prefix) {
  count += 1;
  return `${prefix}-${count}`;
}

/** The focus comes to the first button of an element or, where there is none, to the element. */
export function enter(element) {
  (element.querySelector('button') ?? element).focus({ preventScroll: true });
}

/** Children of `parent` become exactly these. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter(Boolean));
}

/** The rows of a list, drawn anew only where they changed, so that what is being pressed or has the focus stays.
 *  `rows` are plain values with an `id`; `draw(row)` gives the element. */
export function keep(list, rows, draw) {
  const held = list.contains(document.activeElement) && document.activeElement.closest('[data-row]').dataset.row;
  const before = new Map([...list.children].map((child) => [child.dataset.row, child]));
  const after = rows.map((row) => unchanged(before.get(row.id), row) ?? drawn(row, draw));
  if (after.length === before.size && after.every((child, n) => child === list.children[n])) return;
  list.replaceChildren(...after);
  if (held) after.find((child) => child.dataset.row === held)?.querySelector('button')?.focus({ preventScroll: true });
}

function unchanged(child, row) {
  return child?.dataset.shows === JSON.stringify(row) ? child : null;
}

function drawn(row, draw) {
  const child = draw(row);
  child.dataset.row = row.id;
  child.dataset.shows = JSON.stringify(row);
  return child;
}
