// Three gentle hints, each said once in its time, and then gone for good.

import { el, fill } from './dom.js';
import { firstOrganiser, now, on, places } from './store.js';
import { words } from './words.js';

const KEPT = 'headsup.hints';
const THURSDAY = 4;
const EVENING = 17;

export class Hints {
  /** `who()` gives the users one is; `jump(until)` and `beside(user)` do what a hint offers. */
  constructor({ who, jump, beside }) {
    this.who = who;
    this.element = el('aside', { class: 'hint-card', 'aria-label': words.hint, hidden: true });
    const organise = () => beside(firstOrganiser().user);
    this.hints = [
      { name: 'partner', fits: () => this.who().some(hasPartner) },
      { name: 'thursday', fits: () => this.who().length > 0, label: words.hints.thursdayDo, act: () => jump(nextThursday()) },
      { name: 'organiser', fits: () => Boolean(firstOrganiser()), label: words.hints.organiserDo, act: organise },
    ];
    for (const event of ['places', 'people', 'message']) on(event, () => this.show());
  }

  show() {
    const done = read();
    const hint = this.who().length ? this.hints.find(({ name, fits }) => !done.includes(name) && fits()) : null;
    this.element.hidden = !hint;
    if (hint && hint.name !== this.shown) this.#draw(hint);
    this.shown = hint?.name;
  }

  #draw({ name, label, act }) {
    const finish = () => {
      localStorage.setItem(KEPT, JSON.stringify([...read(), name]));
      this.show();
    };
    const doing = act && el('button', { type: 'button', class: 'button primary', onclick: () => { finish(); act(); } }, label);
    fill(this.element, el('p', {}, words.hints[name]),
      el('div', { class: 'ends' }, el('button', { type: 'button', class: 'button', onclick: finish }, words.hintDone), doing));
  }
}

function read() {
  return JSON.parse(localStorage.getItem(KEPT) ?? '[]');
}

function hasPartner(user) {
  return [...(places.get(user)?.values() ?? [])].some((place) => place.kind === 'circle');
}

/** Thursday at five (UTC), the next there is. */
function nextThursday() {
  const then = new Date(now());
  then.setUTCHours(EVENING, 0, 0, 0);
  const days = (THURSDAY - then.getUTCDay() + 7) % 7;
  then.setUTCDate(then.getUTCDate() + days);
  if (then <= now()) then.setUTCDate(then.getUTCDate() + 7);
  return then;
}
