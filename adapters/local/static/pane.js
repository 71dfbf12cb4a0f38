// One person's view of the space: their conversations, the one that is open, and the box to write in.

import { asked, whom } from './dialogs.js';
import { Composer } from './composer.js';
import { el, face, fill, icon, keep } from './dom.js';
import { Log } from './log.js';
import { keepHistory, keepPlaces, nameOf, on, people, places, readersOf, titleOf } from './store.js';
import { words } from './words.js';

export class Pane {
  #ended = [];

  /** `app` gives ask(what, fields), beside(user), leave(pane), enter(pane), changed() and complain(error). */
  constructor(app, user) {
    Object.assign(this, { app, user, open: '' });
    this.hands = { user, press: this.#press.bind(this), beside: (other) => app.beside(other, this.open) };
    this.log = new Log(this.hands);
    this.home = el('ul', { class: 'home' });
    this.direct = el('ul');
    this.channels = el('ul');
    this.places = el('nav', { class: 'places', 'aria-label': words.conversations(nameOf(user)) },
      this.home, el('h3', {}, words.direct), this.direct, el('h3', {}, words.channels), this.channels, this.#writeTo());
    this.places.addEventListener('wheel', (event) => this.#wheel(event), { passive: true });
    this.composer = new Composer({ organiser: people.get(user).organiser, use: this.#use.bind(this), say: this.#say.bind(this) });
    this.heading = el('h3', { class: 'place' });
    this.element = el('section', { class: 'pane', 'aria-label': words.asWho(nameOf(user)), tabindex: '-1',
      onfocusin: () => app.enter(this), onpointerdown: () => app.enter(this) });
    this.element.append(this.#top(), el('div', { class: 'inside' }, this.places,
      el('div', { class: 'talk' }, this.heading, this.log.element, this.composer.element)));
    this.#ended = [on('places', (whose) => whose === user && this.#showPlaces()), on('message', (said) => this.#heard(said)),
      on('removed', (gone) => gone.conversation === this.#where() && this.log.drop(gone.message)), on('people', () => this.#renamed())];
  }

  /** Read everything from the space: at first, and after the connection was lost. */
  async load(place, message) {
    this.element.setAttribute('aria-busy', 'true');
    try {
      const { conversations } = await this.app.ask('be', { user: this.user });
      keepPlaces(this.user, conversations);
      await this.show(place, message);
    } finally {
      this.element.removeAttribute('aria-busy');
    }
  }

  /** Open a conversation, at a message where one is named; the one that is open, or the bot's, where there is none. */
  async show(wanted, message) {
    const place = [wanted, this.open, this.#bot()].find((one) => places.get(this.user).has(one));
    const { messages } = await this.#read(place);
    this.open = place;
    keepHistory(place, messages);
    this.app.changed();
    this.#showPlaces();
    this.places.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.#showTalk();
    this.log.show(place, message);
    this.seen();
  }

  /** What is open has been seen, if anybody is looking. */
  seen() {
    const place = places.get(this.user)?.get(this.open);
    if (place?.unread && document.visibilityState === 'visible') {
      this.app.ask('seen', { user: this.user, conversation: this.open }).catch(() => {});
    }
  }

  end() {
    for (const stop of this.#ended) stop();
    this.element.remove();
  }

  /** Where the conversations stand in a row, a wheel moves along it. */
  #wheel({ deltaX, deltaY }) {
    if (!deltaX && this.places.scrollWidth > this.places.clientWidth) this.places.scrollLeft += deltaY;
  }

  #read(conversation) {
    if (this.#kind(conversation) === 'home') return this.app.ask('look', { user: this.user });
    return this.app.ask('open', { user: this.user, conversation });
  }

  #kind(place) {
    return places.get(this.user)?.get(place)?.kind;
  }

  #bot() {
    return [...places.get(this.user).values()].find((place) => place.kind === 'bot').id;
  }

  /** Where what one does is said: what is done on the home page, in the conversation with the bot. */
  #where() {
    return this.#kind(this.open) === 'home' ? this.#bot() : this.open;
  }

  /** Somebody came, left or is called something else; one may have become an organiser oneself. */
  #renamed() {
    const { organiser } = people.get(this.user);
    if (organiser !== this.composer.organiser) this.load(this.open).catch(this.app.complain);
    this.composer.organiser = organiser;
    this.#showPlaces();
  }

  #top() {
    const { name, note } = people.get(this.user);
    return el('header', { class: 'top' }, face(name, this.user),
      el('div', { class: 'who' }, el('h2', { 'aria-label': words.asWho(name) }, el('bdi', {}, name)), el('small', {}, note)),
      el('button', { type: 'button', class: 'quiet', title: words.closePane(name), 'aria-label': words.closePane(name),
        onclick: () => this.app.leave(this) }, icon('close')));
  }

  #showPlaces() {
    const all = [...(places.get(this.user)?.values() ?? [])];
    const home = all.filter((place) => place.kind === 'home');
    const channels = all.filter((place) => place.kind === 'channel');
    const direct = all.filter((place) => !home.includes(place) && !channels.includes(place)).sort(byLast);
    keep(this.home, home.map((place) => this.#row(place)), (row) => this.#place(row));
    keep(this.direct, direct.map((place) => this.#row(place)), (row) => this.#place(row));
    keep(this.channels, channels.map((place) => this.#row(place)), (row) => this.#place(row));
  }

  /** What is shown of a conversation in the list. */
  #row(place) {
    const current = place.id === this.open;
    return { id: place.id, title: titleOf(place, this.user), current, closed: place.closed, unread: current ? 0 : place.unread };
  }

  #place({ id, title, current, closed, unread }) {
    const news = unread ? el('span', { class: 'dot' }, el('span', { class: 'unseen' }, words.unread(unread))) : null;
    const lock = closed ? el('span', { title: words.closedChannel }, icon('lock')) : null;
    return el('li', {}, el('button', { type: 'button', class: news ? 'row news' : 'row', 'aria-current': current && 'true',
      onclick: () => this.#choose(id) }, el('bdi', {}, title), lock, news));
  }

  #choose(place) {
    this.show(place).then(() => this.composer.focus(), this.app.complain);
  }

  #writeTo() {
    const choose = async (other) => {
      const { conversation } = await this.app.ask('write', { user: this.user, other });
      this.#choose(conversation);
    };
    return el('button', { type: 'button', class: 'row write',
      onclick: () => whom(words.writeTitle, this.user, (other) => choose(other).catch(this.app.complain)) },
      icon('plus'), words.write);
  }

  #showTalk() {
    const place = places.get(this.user).get(this.open);
    const title = titleOf(place, this.user);
    fill(this.heading, el('bdi', {}, title));
    this.log.name(words.messagesIn(title), words.nothingYet[place.kind]);
    const invitation = words.writeTo(readersOf(place, this.user));
    this.composer.invite(invitation, ['bot', 'home'].includes(place.kind) ? words.writeToBot : invitation);
  }

  #heard(message) {
    if (message.conversation !== this.#where() || (message.only && message.only !== this.user)) return;
    if (this.#kind(this.open) === 'home' && !this.#isMine(message)) return;
    this.log.put(message);
    this.seen();
  }

  /** Whether it is said by or to oneself alone: under the home page stands what one does there, and no letter. */
  #isMine({ only, author }) {
    return only || author === this.user;
  }

  async #gesture(what, fields) {
    const reply = await this.app.ask(what, { user: this.user, conversation: this.#where(), ...fields });
    if (reply.ask) this.#ask(reply.ask, fields.message ?? '');
    return reply;
  }

  #ask(ask, message) {
    asked(ask, async (values) => (await this.#gesture('submit', { message, action: ask.action, values })).errors);
  }

  async #press(message, action, values) {
    await this.#gesture('press', { message, action, values }).catch(this.app.complain);
  }

  async #use(tree, words) {
    await this.#gesture('use', { tree, words });
  }

  async #say(text) {
    await this.#gesture('say', { text });
  }
}

function byLast(one, other) {
  return one.last < other.last ? 1 : Number(one.last > other.last) * -1;
}
