// What is asked in a dialog: yes or no, a form, a search, a person.

import { el, enter, fill, fresh } from './dom.js';
import { drawField, problem, valueOf } from './fields.js';
import { people } from './store.js';
import { words } from './words.js';

const SEARCHED = 'q';

/** Whether the reader says yes. */
export function confirmed(confirm) {
  return new Promise((resolve) => {
    let answer = false;
    const dialog = drawConfirm(confirm, () => { answer = true; });
    dialog.addEventListener('close', () => resolve(answer));
    bring(dialog);
  });
}

/** The question as a dialog; `agree` hears a yes. */
export function drawConfirm({ question, yes, no }, agree) {
  return drawDialog(question, (close) => [
    el('div', { class: 'ends' },
      el('button', { type: 'button', class: 'button', onclick: close }, no),
      el('button', { type: 'button', class: 'button danger', onclick: () => { agree(); close(); } }, yes)),
  ], 'alertdialog');
}

/** A form or a search. `send(values)` resolves with errors by field name, or with none, and then the dialog closes. */
export function asked(ask, send) {
  bring(drawAsk(ask, send));
}

/** What is asked as a dialog; `errors` by field name, where it was sent before. */
export function drawAsk(ask, send, errors = {}) {
  const fields = ask.is === 'search' ? [searched(ask)] : ask.fields;
  const drawn = fields.map(drawField);
  for (const [field, says] of placed(errors, drawn)) field.say(says);
  return drawDialog(ask.title, (close) => {
    const form = el('form', { novalidate: true }, drawn.map((field) => field.element), ends(ask.send, close));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submit(form, drawn, send, close);
    });
    return [form];
  });
}

function searched({ label, hint }) {
  return { is: 'short', name: SEARCHED, label, hint, value: '', most: 150, required: true };
}

async function submit(form, drawn, send, close) {
  if (form.getAttribute('aria-busy') === 'true') return;
  const missing = drawn.map((field) => [field, problem(field)]).filter(([, says]) => says);
  for (const field of drawn) field.say('');
  if (missing.length) return complain(missing);
  form.setAttribute('aria-busy', 'true');
  try {
    const errors = await send(Object.fromEntries(drawn.map((field) => [field.name, valueOf(field)])));
    if (!Object.keys(errors).length) return close();
    complain(placed(errors, drawn));
  } catch (no) {
    complain([[drawn.at(-1), no.message]]);
  } finally {
    form.removeAttribute('aria-busy');
  }
}

/** Each error beside its field; one for no field we know, beside the first. */
function placed(errors, drawn) {
  return Object.entries(errors).map(([name, says]) => [drawn.find((field) => field.name === name) ?? drawn[0], says]);
}

function complain(problems) {
  for (const [field, says] of problems) field.say(says);
  problems[0][0].focus();
}

/** Choose somebody: `choose(user)` once, if at all. */
export function whom(title, except, choose) {
  bring(drawDialog(title, (close) => {
    const list = el('ul', { class: 'chosen' });
    const show = (typed) => fill(list, found(typed, except).map((persona) => el('li', {},
      el('button', { type: 'button', class: 'row', onclick: () => { close(); choose(persona.user); } }, persona.name))));
    const search = el('input', { type: 'search', 'aria-label': words.findPeople, placeholder: words.findPeople,
      oninput: () => show(search.value) });
    show('');
    return [search, list, el('div', { class: 'ends' }, cancel(close))];
  }));
}

function found(typed, except) {
  const wanted = typed.trim().toLowerCase();
  const here = [...people.values()].filter((persona) => persona.present && persona.user !== except);
  return here.filter((persona) => persona.name.toLowerCase().includes(wanted)).slice(0, 30);
}

function ends(send, close) {
  return el('div', { class: 'ends' }, cancel(close), el('button', { type: 'submit', class: 'button primary' }, send));
}

function cancel(close) {
  return el('button', { type: 'button', class: 'button', onclick: close }, words.cancel);
}

/** A dialog under a title, gone from the page once closed. */
function drawDialog(title, content, role) {
  const id = fresh('dialog');
  const dialog = el('dialog', { 'aria-labelledby': id, role, onclose: () => dialog.remove() }, el('h2', { id }, title));
  dialog.append(...content(() => dialog.close()));
  return dialog;
}

/** Alone in front of the page, its first control in focus. The focus goes back where it was or, where a message changed
    meanwhile, to what took its place. */
function bring(dialog) {
  const message = document.activeElement.closest('[data-message]');
  const pane = message?.closest('.pane');
  document.body.append(dialog);
  dialog.showModal();
  dialog.addEventListener('close', () => {
    if (!message || document.activeElement !== document.body) return;
    const line = lineOf(pane, message.dataset.message);
    if (line) enter(line);
    else pane.focus();
  });
}

function lineOf(pane, message) {
  return [...pane.querySelectorAll('[data-message]')].find((line) => line.dataset.message === message);
}
