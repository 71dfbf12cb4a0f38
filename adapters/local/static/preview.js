// All that the bot can say, on one page that stands alone: drawn by what draws it in the space.

import { drawAsk, drawConfirm } from './dialogs.js';
import { el, fill } from './dom.js';
import { drawMessage } from './log.js';
import { words } from './words.js';

const { at, rooms } = JSON.parse(document.getElementById('shown').textContent);
const idle = { user: '', press: () => {}, beside: () => {} };
const done = async () => ({});

const draw = {
  message: ({ view, words: alone }) => [el('ol', {}, drawMessage({ id: '', author: '', at, view }, idle)), confirms(view),
    el('details', {}, el('summary', {}, words.preview.alone), el('pre', {}, alone))],
  form: ({ ask, errors }) => still(drawAsk(ask, done, errors)),
  search: ({ ask }) => still(drawAsk(ask, done)),
};

/** What is asked before a press that cannot be taken back. */
function confirms({ blocks }) {
  const asking = blocks.flatMap(({ row }) => row ?? []).filter(({ confirm }) => confirm);
  return asking.map(({ label, confirm }) => el('div', { class: 'asked' }, el('p', { class: 'note' }, words.preview.asked(label)),
    still(drawConfirm(confirm, () => {}))));
}

/** A dialog that stands in the page instead of before it. */
function still(dialog) {
  dialog.setAttribute('open', '');
  return dialog;
}

function drawSample({ id, name, is, ...sample }) {
  return el('section', { class: 'sample', id, 'aria-labelledby': `${id}-name` }, el('header', {},
    el('h3', { id: `${id}-name` }, el('a', { href: `#${id}` }, name)), el('span', { class: 'tag' }, words.preview.is[is])),
  draw[is](sample));
}

function drawRoom({ id, name, samples }) {
  return el('section', { id, 'aria-labelledby': `${id}-name` }, el('h2', { id: `${id}-name` }, name), samples.map(drawSample));
}

function contents() {
  return el('nav', { 'aria-label': words.preview.contents }, el('ul', {}, rooms.map(({ id, name, samples }) =>
    el('li', {}, el('a', { href: `#${id}` }, name), el('small', {}, ` ${samples.length}`)))));
}

/** Nothing here does anything: a press stops before it reaches what it would do in the space. */
for (const event of ['click', 'submit']) {
  document.addEventListener(event, (happened) => {
    if (!happened.target.closest('form, button')) return;
    if (event === 'click' && !happened.target.closest('button')) return;
    happened.preventDefault();
    happened.stopPropagation();
  }, { capture: true });
}

const count = rooms.reduce((sum, { samples }) => sum + samples.length, 0);
fill(document.body, el('header', { class: 'top' }, el('h1', {}, words.preview.title), el('p', {}, words.preview.about(count))),
  contents(), el('main', {}, rooms.map(drawRoom)));
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
