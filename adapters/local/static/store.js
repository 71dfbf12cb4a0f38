// What this tab knows of the space, and who wants to hear when that changes.

import { words } from './words.js';

export const people = new Map(); // user -> persona
export const places = new Map(); // user -> Map(id -> conversation)
export const messages = new Map(); // conversation -> Map(id -> message), in order
export const state = { commands: [], now: new Date(), setAt: performance.now(), next: null, passing: false };

const listeners = new Map();

/** Hear `event` ('people', 'places', 'message', 'removed', 'time') until the returned function is called. */
export function on(event, listener) {
  const heard = listeners.get(event) ?? listeners.set(event, new Set()).get(event);
  heard.add(listener);
  return () => heard.delete(listener);
}

function tell(event, what) {
  for (const listener of [...(listeners.get(event) ?? [])]) listener(what);
}

export function keepHello({ people: all, commands, time, jumping }) {
  people.clear();
  for (const persona of all) people.set(persona.user, persona);
  state.commands = commands;
  state.passing = jumping;
  tell('people');
  keepTime(time);
}

/** Where somebody can be: the bot's home page, which is no conversation, before all conversations. */
export function keepPlaces(user, conversations) {
  const home = { id: `home-${user}`, kind: 'home', people: [user], closed: false, unread: 0, last: '' };
  places.set(user, new Map([home, ...conversations].map((place) => [place.id, place])));
  tell('places', user);
}

/** The whole of a conversation. Private replies that the space forgot in a restart stay in a tab that has them. */
export function keepHistory(conversation, said) {
  const known = messages.get(conversation)?.values() ?? [];
  const fresh = new Set(said.map((message) => message.id));
  const lost = [...known].filter((message) => message.only && !fresh.has(message.id));
  const all = [...said, ...lost].sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
  messages.set(conversation, new Map(all.map((message) => [message.id, message])));
}

export function keepNews(item) {
  news[item.news](item);
}

const news = {
  persona({ persona }) {
    people.set(persona.user, persona);
    tell('people');
  },
  conversation({ user, conversation }) {
    places.get(user)?.set(conversation.id, conversation);
    tell('places', user);
  },
  message({ message }) {
    const said = messages.get(message.conversation);
    const isNew = !said?.has(message.id);
    said?.set(message.id, message);
    if (isNew) count(message);
    tell('message', message);
  },
  removed({ conversation, message }) {
    messages.get(conversation)?.delete(message);
    tell('removed', { conversation, message });
  },
  seen({ user, conversation }) {
    const place = places.get(user)?.get(conversation);
    if (place) place.unread = 0;
    tell('places', user);
  },
  passing({ now }) {
    state.passing = true;
    setNow(now);
    tell('time');
  },
  time({ time }) {
    state.passing = false;
    keepTime(time);
  },
};

/** A new message moves its conversation up, and is unread for all who are in it but its author. A private reply never
    is: whoever it is for has just asked for it. */
function count(message) {
  for (const [user, known] of places) {
    const place = known.get(message.conversation);
    if (!place || (message.only && message.only !== user)) continue;
    place.last = message.at;
    if (!message.edited && !message.only && message.author !== user) place.unread += 1;
    tell('places', user);
  }
}

export function keepTime({ now, next }) {
  setNow(now);
  state.next = next && { at: new Date(next.at), says: next.says };
  tell('time');
}

function setNow(now) {
  state.now = new Date(now);
  state.setAt = performance.now();
}

/** What time it is in the space, by life's own speed since it last told us. */
export function now() {
  return state.passing ? state.now : new Date(state.now.getTime() + performance.now() - state.setAt);
}

export function nameOf(user) {
  return user ? (people.get(user)?.name ?? '') : words.name;
}

/** What a conversation is called for one of its people. */
export function titleOf(place, user) {
  if (place.kind === 'channel') return `#${place.name}`;
  if (place.kind === 'home') return words.home;
  if (place.kind === 'bot') return words.name;
  return listed([...othersIn(place, user), ...(place.kind === 'circle' ? [words.name] : [])]);
}

/** Whom one writes to there: the people alone, for the bot reads nothing. */
export function readersOf(place, user) {
  if (place.kind === 'home') return words.name;
  return place.kind === 'channel' || place.kind === 'bot' ? titleOf(place, user) : listed(othersIn(place, user));
}

function othersIn(place, user) {
  return place.people.filter((one) => one !== user).map(nameOf);
}

function listed(names) {
  return names.length > 1 ? names.slice(0, -1).join(', ') + words.and + names.at(-1) : names.join('');
}

export function firstOrganiser() {
  return [...people.values()].find((persona) => persona.organiser && persona.present);
}
