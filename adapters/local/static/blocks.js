// Every block and span of the view language, drawn. `hands` says what a press does: press(action, values), beside(user).

import { confirmed } from './dialogs.js';
import { el, fresh } from './dom.js';
import { full, moment } from './moments.js';
import { words } from './words.js';

/** The view as elements. */
export function drawView(view, hands) {
  const title = view.title && el('h4', { class: 'title' }, view.title);
  return [title, ...view.blocks.map((block) => blocks[block.is](block, hands))].filter(Boolean);
}

const blocks = {
  paragraph: ({ text }, hands) => el('p', {}, drawText(text, hands)),
  note: ({ text }, hands) => el('p', { class: 'note' }, drawText(text, hands)),
  quote: ({ lines }) => el('blockquote', {}, lines.map((line) => el('p', {}, line))),
  facts: ({ rows }, hands) => el('dl', { class: 'facts' }, rows.map((row) => drawFact(row, hands))),
  buttons: ({ row }, hands) => el('div', { class: 'buttons' }, row.map((button) => drawButton(button, hands))),
  select: drawSelect,
  picture: ({ src, alt, width, height }) => el('img', { class: 'picture', src, alt, width, height }),
  file: drawFile,
  divider: () => el('hr'),
};

const spans = {
  plain: ({ text }) => el('span', {}, whole(text)),
  strong: ({ text }) => el('strong', {}, text),
  link: drawLink,
  mention: drawMention,
  moment: ({ when }) => drawMoment(new Date(when)),
};

function drawText(text, hands) {
  return text.map((span) => spans[span.is](span, hands));
}

/** A telephone number stays on one line. */
function whole(text) {
  return text.replace(/(\d) (?=\d)/g, '$1\u00a0');
}

function drawFact({ label, text }, hands) {
  return [el('dt', {}, label), el('dd', {}, drawText(text, hands))];
}

/** Only https leads anywhere; the rest is words. */
function drawLink({ text, url }) {
  if (!url.startsWith('https://')) return el('span', {}, text);
  return el('a', { href: url, rel: 'noopener noreferrer', target: '_blank' }, text);
}

function drawMention({ name, user }, hands) {
  if (!user || user === hands.user) return el('strong', { class: 'mention' }, name);
  const label = words.mentioned(name);
  return el('button', { class: 'mention', type: 'button', title: label, onclick: () => hands.beside(user) }, name);
}

export function drawMoment(instant) {
  return el('time', { datetime: instant.toISOString(), title: full(instant) }, moment(instant));
}

function drawButton({ label, action, style, confirm }, hands) {
  const button = el('button', { type: 'button', class: `button ${style}`, dir: 'auto' }, label);
  button.addEventListener('click', async () => {
    if (!confirm || (await confirmed(confirm))) await busy(button, () => hands.press(action, []));
  });
  return button;
}

/** A link that saves the file: whoever can read the message may fetch it. */
function drawFile({ href, name, size }, { user }) {
  const link = el('a', { class: 'button', href: user ? `${href}?as=${encodeURIComponent(user)}` : href, download: name }, words.save(name));
  return el('p', { class: 'file' }, link, ' ', el('small', {}, size));
}

function drawSelect({ label, action, options }, hands) {
  const id = fresh('select');
  const select = el('select', { id }, el('option', { value: '' }, words.chooseOne), options.map(drawOption));
  const choose = el('button', { type: 'button', class: 'button' }, words.choose);
  choose.addEventListener('click', async () => {
    if (select.selectedIndex === 0) select.focus();
    else await busy(choose, () => hands.press(action, [options[select.selectedIndex - 1].value]));
  });
  return el('div', { class: 'select' }, el('label', { for: id }, label), select, choose);
}

export function drawOption({ value, label }) {
  return el('option', { value }, label);
}

/** While something is being done, the control says so and does not do it again. */
export async function busy(control, work) {
  if (control.getAttribute('aria-disabled') === 'true') return;
  control.setAttribute('aria-disabled', 'true');
  try {
    await work();
  } finally {
    control.removeAttribute('aria-disabled');
  }
}
