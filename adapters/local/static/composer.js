// The command box: words for people, and commands after a slash, completed as one types.

import { el, fill, fresh } from './dom.js';
import { state } from './store.js';
import { words } from './words.js';

const ORGANISERS = 'headsup-organise';

/** `use(tree, words)` and `say(text)` do it; `organiser` is offered the organisers' commands too. */
export class Composer {
  #offered = [];
  #at = -1;

  constructor({ organiser, use, say }) {
    Object.assign(this, { organiser, use, say });
    const list = fresh('commands');
    this.list = el('ul', { id: list, role: 'listbox', class: 'commands', 'aria-label': words.commands, hidden: true });
    this.box = el('textarea', { rows: 1, role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false',
      'aria-controls': list, autocomplete: 'off', maxlength: 4000, dir: 'auto',
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onblur: () => this.#offer([]) });
    this.says = el('p', { class: 'complaint', role: 'alert' });
    const send = el('button', { type: 'submit', class: 'send', title: words.send, 'aria-label': words.send }, words.send);
    this.element = el('form', { class: 'composer', onsubmit: (event) => this.#submit(event) },
      this.list, this.says, el('div', { class: 'box' }, this.box, send));
  }

  /** What the box is for, in the conversation that is open. */
  invite(label, placeholder) {
    this.box.setAttribute('aria-label', label);
    this.box.placeholder = placeholder;
  }

  focus() {
    this.box.focus();
  }

  #typed() {
    this.says.textContent = '';
    this.box.style.setProperty('block-size', 'auto');
    this.box.style.setProperty('block-size', `${Math.min(this.box.scrollHeight + 2, 160)}px`);
    const text = this.box.value;
    this.#offer(text.startsWith('/') ? this.#matching(text.toLowerCase()) : []);
  }

  #matching(text) {
    const allowed = state.commands.filter((command) => this.organiser || command.tree !== ORGANISERS);
    return allowed.filter((command) => line(command).startsWith(text) || loose(line(command), text));
  }

  #offer(commands) {
    this.#offered = commands;
    this.#at = -1;
    this.list.hidden = commands.length === 0;
    this.box.setAttribute('aria-expanded', String(commands.length > 0));
    fill(this.list, commands.map((command, n) => this.#line(command, n)));
    this.#mark(commands.length ? 0 : -1);
  }

  #line(command, n) {
    const option = el('li', { role: 'option', id: `${this.list.id}-${n}`, 'aria-selected': 'false' },
      el('b', {}, line(command)), command.takes ? el('i', {}, ` ${command.takes}`) : null, el('span', {}, command.says));
    option.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      this.#complete(command);
    });
    return option;
  }

  #mark(n) {
    this.list.children[this.#at]?.setAttribute('aria-selected', 'false');
    this.#at = n;
    const chosen = this.list.children[n];
    chosen?.setAttribute('aria-selected', 'true');
    chosen?.scrollIntoView({ block: 'nearest' });
    if (chosen) this.box.setAttribute('aria-activedescendant', chosen.id);
    else this.box.removeAttribute('aria-activedescendant');
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) this.#enter();
    else if (!this.#offered.length || !this.#moved(event.key)) return;
    event.preventDefault();
  }

  /** Whether that key means something to the list of commands. */
  #moved(key) {
    const many = this.#offered.length;
    if (key === 'ArrowDown') this.#mark((this.#at + 1) % many);
    else if (key === 'ArrowUp') this.#mark((this.#at + many - 1) % many);
    else if (key === 'Escape') this.#offer([]);
    else if (key === 'Tab' && this.#unfinished()) this.#complete(this.#offered[this.#at]);
    else return false;
    return true;
  }

  /** Enter first finishes the command that is marked, then sends it. */
  #enter() {
    if (this.#offered.length && this.#unfinished()) this.#complete(this.#offered[this.#at]);
    else this.element.requestSubmit();
  }

  #unfinished() {
    const chosen = this.#offered[this.#at];
    return chosen && this.box.value.trim().toLowerCase() !== line(chosen);
  }

  #complete(command) {
    this.box.value = line(command) + (command.takes ? ' ' : '');
    this.#typed();
    this.box.focus();
    this.#mark(this.#offered.indexOf(command));
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.box.value.trim();
    if (!text) return;
    const command = text.startsWith('/') ? read(text) : null;
    if (text.startsWith('/') && !command) {
      this.says.textContent = words.noCommand(text.split(/\s/)[0]);
      return;
    }
    await this.#send(command, text);
  }

  async #send(command, text) {
    this.box.value = '';
    this.#typed();
    try {
      await (command ? this.use(command.tree, command.words) : this.say(text));
    } catch (no) {
      this.box.value ||= text;
      this.says.textContent = no.message;
    }
  }
}

function line({ tree, word }) {
  return word ? `/${tree} ${word}` : `/${tree}`;
}

/** "/pau" and "/headsup pau" both find "/headsup pause", and "/intro p" "/headsup-organise intro preview"; "/" finds all. */
function loose(whole, typed) {
  return whole.includes(typed.slice(1));
}

/** The tree and the words behind it; also for words that no list offers: the bot forgives near ones. */
function read(text) {
  const [first, ...rest] = text.slice(1).split(/\s+/);
  const tree = first.toLowerCase();
  const known = state.commands.some((command) => command.tree === tree);
  return known ? { tree, words: rest.join(' ') } : null;
}
