// Three gentle hints, each said once in its time, and then gone for good.

import { el, fill } from './dom.js';
import { firstOrganiser, messages, nameOf, now, on, places } from './store.js';
import { words } from './words.js';

const KEPT = 'headsup.hints';
const THURSDAY = 4;
const EVENING = 17;
const ORGANISERS = 'channel-organisers';
const BUSY = 3; // messages from the bot after which a newcomer has begun to join

export class Hints {
  /** `who()` gives the users one is; `jump(until)` and `beside(user, place)` do what a hint offers. */
  constructor({ who, jump, beside }) {
    Object.assign(this, { who, jump, beside });
    this.element = el('aside', { class: 'hint', 'aria-label': words.hint, hidden: true });
    for (const event of ['places', 'people', 'message']) on(event, () => this.show());
  }

  show() {
    const done = read();
    const hint = [this.#partner(), this.#thursday(), this.#organiser()].find((one) => one && !done.includes(one.name));
    this.element.hidden = !hint;
    if (hint && hint.label !== this.shown) this.#draw(hint);
    this.shown = hint?.label;
  }

  #partner() {
    const found = this.who().map(partnerOf).find((partner) => partner && !this.who().includes(partner.user));
    if (!found) return null;
    return { name: 'partner', label: words.hints.partnerDo(nameOf(found.user)), act: () => this.beside(found.user, found.place) };
  }

  #thursday() {
    if (!this.who().some(partnerOf)) return null;
    return { name: 'thursday', label: words.hints.thursdayDo, act: () => this.jump(nextThursday()) };
  }

  #organiser() {
    const user = firstOrganiser()?.user;
    if (!user || this.who().includes(user) || !this.who().some((one) => partnerOf(one) || hasBegun(one))) return null;
    return { name: 'organiser', label: words.hints.organiserDo, act: () => this.beside(user, ORGANISERS) };
  }

  #draw({ name, label, act }) {
    const finish = () => {
      localStorage.setItem(KEPT, JSON.stringify([...read(), name]));
      this.show();
    };
    const doing = el('button', { type: 'button', class: 'button', onclick: () => { finish(); act(); } }, label);
    const done = el('button', { type: 'button', class: 'button', onclick: finish }, words.hintDone);
    fill(this.element, el('p', {}, words.hints[name]), el('div', { class: 'ends' }, doing, done));
  }
}

function read() {
  return JSON.parse(localStorage.getItem(KEPT) ?? '[]');
}

/** Somebody that person was introduced to, and where; if anybody. */
function partnerOf(user) {
  const circle = [...(places.get(user)?.values() ?? [])].filter((place) => place.kind === 'circle').at(-1);
  return circle && { user: circle.people.find((one) => one !== user), place: circle.id };
}

/** Whether the bot and that person have come past the welcome: soon an organiser is asked to let them in. */
function hasBegun(user) {
  const home = [...(places.get(user)?.values() ?? [])].find((place) => place.kind === 'bot');
  return (messages.get(home?.id)?.size ?? 0) >= BUSY;
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
