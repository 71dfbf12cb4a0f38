// The list of people: press a name to be that person.

import { el, face, fill, icon } from './dom.js';
import { on, people } from './store.js';
import { words } from './words.js';

const SHOWN = 80;

/** `be(user)`, `beside(user)` and `join(name)` do it; `who()` says who one is now. */
export class People {
  constructor({ be, beside, join, who }) {
    Object.assign(this, { be, beside, who });
    this.search = el('input', { type: 'search', 'aria-label': words.findPeople, placeholder: words.findPeople,
      oninput: () => this.show() });
    this.list = el('div', { class: 'lists' });
    this.element = el('nav', { class: 'people', id: 'people', popover: 'auto', 'aria-label': words.people },
      joinForm(join), this.search, this.list);
    on('people', () => this.#soon());
  }

  /** Draw it anew, soon: many changes at once are one. */
  #soon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.show();
    });
  }

  show() {
    const wanted = this.search.value.trim().toLowerCase();
    const found = [...people.values()].filter((persona) => persona.present && matches(persona, wanted));
    const [organisers, heads] = [found.filter((one) => one.organiser), found.filter((one) => !one.organiser).reverse()];
    const now = this.who().map((user) => people.get(user)).filter(Boolean);
    fill(this.list, this.#group(words.now, wanted ? [] : now), this.#group(words.organisers, organisers), this.#group(words.heads, heads.slice(0, SHOWN)),
      heads.length > SHOWN && el('p', { class: 'note' }, words.moreFound(heads.length - SHOWN)),
      !found.length && el('p', { class: 'note' }, words.nobodyFound));
  }

  #group(title, personas) {
    if (!personas.length) return null;
    return [el('h2', {}, title), el('ul', {}, personas.map((persona) => this.#row(persona)))];
  }

  #row({ user, name, note }) {
    const current = this.who().includes(user);
    return el('li', { class: current ? 'current' : '' },
      el('button', { type: 'button', class: 'row', 'aria-current': current && 'true', 'aria-label': words.be(name),
        'aria-description': note, onclick: () => this.#chosen(() => this.be(user)) },
        face(name, user), el('span', { class: 'who' }, el('bdi', {}, name), el('small', {}, note))),
      el('button', { type: 'button', class: 'quiet', title: words.beside(name), 'aria-label': words.beside(name),
        onclick: () => this.#chosen(() => this.beside(user)) }, icon('beside')));
  }

  #chosen(act) {
    if (this.element.matches(':popover-open')) this.element.hidePopover();
    this.list.scrollTop = 0;
    act();
  }
}

function matches({ name, note }, wanted) {
  return name.toLowerCase().includes(wanted) || note.toLowerCase().includes(wanted);
}

/** One line and a button: a name, and one is in. */
export function joinForm(join) {
  const name = el('input', { type: 'text', name: 'name', required: true, maxlength: 60, autocomplete: 'off',
    'aria-label': words.joinLabel, placeholder: words.joinLabel });
  return el('form', { class: 'join', onsubmit: (event) => {
    event.preventDefault();
    const chosen = name.value.trim();
    if (chosen) join(chosen);
    name.value = '';
  } }, el('span', { class: 'label' }, words.joinTitle), 
  el('div', { class: 'line' }, name, el('button', { type: 'submit', class: 'button primary' }, words.join)));
}
