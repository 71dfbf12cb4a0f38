// The community space: who one is, side by side, and the time. Everything else hears of it from here.

import { Clock } from './clock.js';
import { el, face, fill, icon } from './dom.js';
import { Hints } from './hints.js';
import { Pane } from './pane.js';
import { joinForm, People } from './people.js';
import { firstOrganiser, keepHello, keepNews, keepTime, people, state } from './store.js';
import { Wire } from './wire.js';
import { words } from './words.js';

const KEPT = 'headsup.panes';
const ASK_TIME = 20_000;
const MOST = 2;

const panes = [];
let active = null;
let started = false;

const wire = new Wire({ onnews: keepNews, onopen: () => opened().catch(complain), onlost: lost });
const status = el('p', { class: 'status', role: 'status', hidden: true });
const main = el('main', { id: 'panes', tabindex: '-1' });
const who = () => panes.map((pane) => pane.user);
const clock = new Clock({ jump, open: (line) => reveal(line), complain });
const rail = new People({ be, beside, join, who });
const hints = new Hints({ who, beside, jump: (until) => clock.go(until) });

const app = {
  ask: (what, fields) => wire.ask(what, fields),
  beside,
  complain,
  leave: (pane) => leave(pane),
  changed: remember,
  enter(pane) {
    active = pane;
    for (const one of panes) one.element.classList.toggle('active', one === pane);
  },
};

/** Be that person, in the place of whom one is now. */
function be(user, place, message) {
  return enter(user, place, message, panes.indexOf(active));
}

/** Be that person too. */
function beside(user, place, message) {
  return enter(user, place, message, panes.length < MOST ? -1 : panes.findIndex((pane) => pane !== active));
}

async function enter(user, place, message, instead) {
  const known = panes.find((pane) => pane.user === user);
  try {
    if (known) await known.show(place, message);
    else await begin(new Pane(app, user), place, message, instead);
  } catch (no) {
    complain(no);
  }
  if (known) focus(known, message);
}

/** What was pressed may be gone with that: the focus does not wait until all is read. */
async function begin(pane, place, message, instead) {
  focus(stand(pane, instead));
  await pane.load(place, message);
}

function stand(pane, instead) {
  const old = panes[instead];
  if (old) {
    panes.splice(instead, 1, pane);
    old.element.replaceWith(pane.element);
    part(old);
  } else {
    if (!panes.length) main.replaceChildren();
    panes.push(pane);
    main.append(pane.element);
  }
  arranged();
  return pane;
}

function leave(pane) {
  panes.splice(panes.indexOf(pane), 1);
  part(pane);
  if (active === pane) active = null;
  arranged();
  if (panes.length) focus(panes[0]);
  else welcome();
}

function part(pane) {
  pane.end();
  wire.ask('part', { user: pane.user }).catch(() => {});
}

/** That pane is where one is now; a message that was looked for keeps the focus. */
function focus(pane, message) {
  if (!pane) return;
  app.enter(pane);
  if (!message) pane.element.focus({ preventScroll: true });
  pane.element.scrollIntoView({ inline: 'nearest', block: 'nearest' });
}

function arranged() {
  main.classList.toggle('two', panes.length > 1);
  rail.show();
  hints.show();
  remember();
}

function remember() {
  const kept = JSON.stringify(panes.map(({ user, open }) => ({ user, open })));
  sessionStorage.setItem(KEPT, kept);
  localStorage.setItem(KEPT, kept);
}

async function join(name) {
  try {
    const { user } = await wire.ask('join', { name });
    await be(user);
  } catch (no) {
    complain(no);
  }
}

async function jump(until) {
  const { happened } = await wire.ask('jump', { until: until.toISOString() });
  return happened;
}

/** The message of a line of what happened, as somebody who can read it. */
async function reveal({ user, conversation, message }) {
  if (user) await (panes.some((pane) => pane.user === user) ? be : beside)(user, conversation, message);
}

function welcome() {
  const organiser = firstOrganiser();
  const heads = [...people.values()].filter((persona) => persona.present && !persona.organiser).slice(0, 3);
  const choices = [organiser, ...heads].filter(Boolean);
  main.replaceChildren(el('section', { class: 'welcome' }, el('h2', {}, words.welcomeTitle), el('p', {}, words.welcome),
    joinForm(join), choices.length ? el('h3', {}, words.orBe) : null,
    el('ul', {}, choices.map((persona) => el('li', {}, choice(persona))))));
}

function choice({ user, name, note }) {
  return el('button', { type: 'button', class: 'row', onclick: () => be(user) }, face(name, user),
    el('span', { class: 'who' }, name, el('small', {}, note)));
}

async function opened() {
  keepHello(await wire.ask('hello'));
  status.hidden = true;
  if (started) await Promise.all(panes.map((pane) => pane.load(pane.open)));
  else await restore();
  started = true;
}

async function restore() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? localStorage.getItem(KEPT) ?? '[]');
  for (const { user, open } of kept) {
    if (people.has(user)) await stand(new Pane(app, user), -1).load(open);
  }
  if (panes.length) app.enter(panes[0]);
  else welcome();
}

function lost() {
  status.textContent = words.gone;
  status.hidden = false;
}

let saying = 0;

function complain(error) {
  status.textContent = error.message;
  status.hidden = false;
  clearTimeout(saying);
  saying = setTimeout(() => (status.hidden = true), 8000);
}

function build() {
  const peopleButton = el('button', { type: 'button', class: 'button show-people', popovertarget: 'people' }, icon('people'), words.showPeople);
  const brand = el('div', { class: 'brand' }, el('img', { src: '/static/icon.svg', alt: '' }),
    el('div', {}, el('h1', {}, words.name, el('span', {}, ` ${words.place}`)), el('small', {}, words.fictional)));
  fill(document.body, el('a', { class: 'skip', href: '#panes' }, words.skip),
    el('header', { class: 'bar' }, brand, peopleButton, clock.element), status, hints.element,
    el('div', { class: 'house' }, rail.element, main));
}

build();
wire.connect();
document.addEventListener('visibilitychange', () => panes.forEach((pane) => pane.seen()));
setInterval(() => !state.passing && wire.ask('time').then(keepTime, () => {}), ASK_TIME);
