// The messages of a conversation, one under another, new ones announced.

import { drawView } from './blocks.js';
import { botFace, el, enter, face, fill, icon } from './dom.js';
import { day, full, hour } from './moments.js';
import { messages, nameOf } from './store.js';
import { words } from './words.js';

const NEAR = 120; // pixels from the end that still count as reading the newest

export class Log {
  /** `hands` gives user, press(message, action, values) and beside(user). */
  constructor(hands) {
    this.hands = hands;
    this.lines = new Map();
    this.list = el('ol');
    this.log = el('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions' }, this.list);
    this.empty = el('p', { class: 'empty' });
    this.below = el('button', { type: 'button', class: 'below', hidden: true, onclick: () => this.#toEnd() }, icon('down'),
      words.newBelow);
    this.scroll = el('div', { class: 'scroll', role: 'group', tabindex: '0', onscroll: () => this.#scrolled() }, this.empty, this.log);
    this.element = el('div', { class: 'said' }, this.scroll, this.below);
    this.following = true;
    this.resized = new ResizeObserver(() => this.following && this.#toEnd());
    this.resized.observe(this.scroll);
  }

  /** What the list is called, and what stands there while it is empty. */
  name(label, nothing) {
    this.log.setAttribute('aria-label', label);
    this.scroll.setAttribute('aria-label', label);
    this.empty.textContent = nothing;
  }

  /** All of a conversation anew; a named message is brought into sight. */
  show(conversation, message) {
    this.log.setAttribute('aria-live', 'off');
    this.lines.clear();
    this.list.replaceChildren();
    this.last = '';
    const said = [...messages.get(conversation).values()];
    for (const one of said.filter(({ only }) => !only || only === this.hands.user)) this.#add(one);
    this.empty.hidden = this.lines.size > 0;
    requestAnimationFrame(() => this.log.setAttribute('aria-live', 'polite'));
    if (message && this.lines.has(message)) this.#point(this.lines.get(message));
    else this.#toEnd();
  }

  /** A message that is new, or changed. */
  put(message) {
    const follow = this.following || message.author === this.hands.user || message.only;
    const known = this.lines.get(message.id);
    if (known) this.#change(known, message);
    else this.#add(message);
    this.empty.hidden = true;
    if (follow) this.#toEnd();
    else if (!known) this.below.hidden = false;
  }

  /** A message that was taken away; a day on which nothing stands any more goes with it. */
  drop(id) {
    const line = this.lines.get(id);
    if (!line) return;
    const held = line.contains(document.activeElement);
    line.remove();
    this.lines.delete(id);
    for (const title of this.list.querySelectorAll('.day')) {
      if (!title.nextElementSibling || title.nextElementSibling.classList.contains('day')) title.remove();
    }
    this.last = [...this.list.querySelectorAll('.day')].at(-1)?.textContent ?? '';
    this.empty.hidden = this.lines.size > 0;
    if (held) this.scroll.focus({ preventScroll: true });
  }

  #add(message) {
    const at = new Date(message.at);
    if (day(at) !== this.last) this.list.append(el('li', { class: 'day' }, el('span', {}, day(at))));
    this.last = day(at);
    const line = drawMessage(message, this.hands);
    this.lines.set(message.id, line);
    this.list.append(line);
  }

  /** A button that was pressed gives way to what came of it: the focus stays in its message. */
  #change(known, message) {
    const held = known.contains(document.activeElement);
    const line = drawMessage(message, this.hands);
    known.replaceWith(line);
    this.lines.set(message.id, line);
    if (held) enter(line);
  }

  #near() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR;
  }

  #scrolled() {
    this.following = this.#near();
    if (this.following) this.below.hidden = true;
  }

  /** To the newest message: its end, or its beginning where it is taller than the window on it. */
  #toEnd() {
    const last = this.list.lastElementChild;
    const tall = last && last.offsetHeight > this.scroll.clientHeight;
    if (tall) this.scroll.scrollTop += last.getBoundingClientRect().top - this.scroll.getBoundingClientRect().top;
    else this.scroll.scrollTop = this.scroll.scrollHeight;
    this.following = true;
    this.below.hidden = true;
  }

  #point(line) {
    line.scrollIntoView({ block: 'center' });
    line.classList.add('pointed');
    line.focus({ preventScroll: true });
    setTimeout(() => line.classList.remove('pointed'), 2500);
  }
}

/** A message: who said it, when, and what. */
export function drawMessage(message, { user, press, beside }) {
  const { id, author, view, text } = message;
  const hands = { user, beside, press: (action, values) => press(id, action, values) };
  const body = view ? drawView(view, hands) : el('p', { class: 'typed', dir: 'auto' }, text);
  return el('li', { class: kind(message, user), tabindex: '-1', 'data-message': id },
    author ? face(nameOf(author), author) : botFace(), el('article', {}, head(message), el('div', { class: 'body' }, body)));
}

function kind({ author, only }, user) {
  if (only) return 'message private';
  return author === user ? 'message mine' : 'message';
}

function head({ author, at, edited, only }) {
  const instant = new Date(at);
  return el('header', {}, el('b', {}, el('bdi', {}, nameOf(author))), author ? null : el('span', { class: 'tag' }, words.bot),
    el('time', { datetime: at, title: full(instant) }, hour(instant)),
    edited && !only ? el('span', { class: 'edited' }, words.edited) : null,
    only ? el('span', { class: 'only' }, icon('eye'), words.onlyYou) : null);
}
