// The clock bar: what time it is, what comes next, and ways to let time pass. Afterwards: what happened meanwhile.

import { el, fill, icon } from './dom.js';
import { full, moment } from './moments.js';
import { now, on, state } from './store.js';
import { words } from './words.js';

const DAY = 24 * 3600 * 1000;
const FIRST = 6;
const TICK = 5000;

export class Clock {
  /** `jump(until)` resolves with what happened; `open(line)` leads to its message; `complain(error)` says what went wrong. */
  constructor({ jump, open, complain }) {
    Object.assign(this, { jump, open, complain });
    this.now = el('p', { class: 'now' });
    this.next = el('p', { class: 'next' });
    this.progress = el('progress', { 'aria-label': words.passing, max: 1, hidden: true });
    this.day = this.#button(words.day, () => new Date(now().getTime() + DAY));
    this.week = this.#button(words.week, () => new Date(now().getTime() + 7 * DAY));
    this.going = this.#button(words.goNext, () => state.next?.at);
    this.meanwhile = el('section', { class: 'meanwhile', popover: 'auto', 'aria-label': words.meanwhile });
    this.told = el('p', { class: 'unseen', role: 'status' });
    this.element = el('section', { class: 'clock', 'aria-label': words.time },
      el('div', { class: 'times' }, this.now, this.next, this.progress),
      el('div', { class: 'jumps' }, this.day, this.week, this.going), this.meanwhile, this.told);
    on('time', () => this.show());
    setInterval(() => this.show(), TICK);
  }

  /** Let time pass until then, and show what happened. What happened before goes first: nobody is in it when it is
   *  drawn anew. */
  async go(until) {
    if (state.passing || !until) return;
    this.from = now();
    this.until = until;
    this.told.textContent = '';
    this.#hide();
    try {
      this.#tell(await this.jump(until));
    } catch (no) {
      this.complain(no);
    }
  }

  show() {
    fill(this.now, el('time', { datetime: now().toISOString() }, full(now())));
    if (state.next) fill(this.next, `${words.next} `, el('b', {}, state.next.says), ` · ${moment(state.next.at)}`);
    else fill(this.next, words.nothingNext);
    for (const button of [this.day, this.week, this.going]) wait(button, state.passing);
    this.going.disabled = !state.next;
    this.progress.hidden = !state.passing;
    if (this.until) this.progress.value = Math.min((now() - this.from) / (this.until - this.from), 1);
  }

  #button(label, until) {
    return el('button', { type: 'button', class: 'button', onclick: () => this.go(until()) }, label);
  }

  #tell(lines) {
    const close = el('button', { type: 'button', class: 'quiet', title: words.close, 'aria-label': words.close,
      onclick: () => this.#hide() }, icon('close'));
    const list = el('ol', {}, lines.slice(0, FIRST).map((line) => this.#line(line)));
    const rest = lines.slice(FIRST);
    const more = rest.length && el('button', { type: 'button', class: 'button', onclick: () => {
      list.append(...rest.map((line) => this.#line(line)));
      more.remove();
    } }, words.moreHappened(rest.length));
    fill(this.meanwhile, el('header', {}, el('h2', {}, words.meanwhile, el('small', {}, ` ${words.until(moment(now()))}`)), close),
      lines.length ? list : el('p', {}, words.quietTime), more);
    this.meanwhile.showPopover();
    this.told.textContent = words.happened(lines.length);
  }

  #line(line) {
    return el('li', {}, el('button', { type: 'button', class: 'row', dir: 'auto', onclick: () => {
      this.#hide();
      this.open(line);
    } }, line.says));
  }

  #hide() {
    this.meanwhile.hidePopover();
  }
}

/** Nothing more happens by it for now. It stays where it is for whoever has the focus on it: a disabled one would lose it. */
function wait(button, waits) {
  if (waits) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}
