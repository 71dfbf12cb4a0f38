// The list of people: press a name to be that person.

import { el, face, icon, keep } from './dom.js';
import { on, people } from './store.js';
import { words } from './words.js';

const SHOWN = 80;

/** `be(user)`, `beside(user)` and `join(name)` do it; `who()` says who one is now. */
export class People {
  constructor({ be, beside, join, who }) {
    Object.assign(this, { be, beside, who });
    this.search = el('input', { type: 'search', 'aria-label': words.findPeople, placeholder: words.findPeople,
      oninput: () => this.show() });
    [this.now, this.organisers, this.heads] = [words.now, words.organisers, words.heads].map(group);
    this.rest = el('p', { class: 'note' });
    this.list = el('div', { class: 'lists' }, this.now, this.organisers, this.heads, this.rest);
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
    const [now, others] = parted(found, (one) => this.who().includes(one.user));
    const [organisers, heads] = parted(others, (one) => one.organiser);
    heads.reverse();
    this.#group(this.now, now);
    this.#group(this.organisers, organisers);
    this.#group(this.heads, heads.slice(0, SHOWN));
    this.rest.textContent = rest(found.length, heads.length);
  }

  #group(section, personas) {
    section.hidden = personas.length === 0;
    keep(section.lastChild, personas.map(({ user, name, note }) => ({ id: user, name, note, current: this.who().includes(user) })),
      (row) => this.#row(row));
  }

  #row({ id, name, note, current }) {
    return el('li', { class: current ? 'current' : '' },
      el('button', { type: 'button', class: 'row', 'aria-current': current && 'true', 'aria-label': words.be(name),
        'aria-description': note, onclick: () => this.#chosen(() => this.be(id)) },
        face(name, id), el('span', { class: 'who' }, el('bdi', {}, name), el('small', {}, note))),
      el('button', { type: 'button', class: 'quiet', title: words.beside(name), 'aria-label': words.beside(name),
        onclick: () => this.#chosen(() => this.beside(id)) }, icon('beside')));
  }

  #chosen(act) {
    if (this.element.matches(':popover-open')) this.element.hidePopover();
    this.list.scrollTop = 0;
    act();
  }
}

function group(title) {
  return el('div', { hidden: true }, el('h2', {}, title), el('ul'));
}

/** What is said under the list: how many more there are, or that there is nobody. */
function rest(found, heads) {
  if (!found) return words.nobodyFound;
  return heads > SHOWN ? words.moreFound(heads - SHOWN) : '';
}

function parted(all, fits) {
  return [all.filter(fits), all.filter((one) => !fits(one))];
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
