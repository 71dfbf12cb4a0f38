// The fields of a form. Each is {name, element, focus, say(error), read(), spec}.

import { el, fresh } from './dom.js';
import { toField } from './moments.js';
import { words } from './words.js';

const RADIOS = 5; // more options than this become a list to choose from

/** A field with its label, its hint and room for an error. */
export function drawField(spec) {
  return drawn[spec.is](spec);
}

/** What is wrong with what stands in it, before it is sent; the bot looks again. */
export function problem({ spec, read }) {
  const values = read();
  if (spec.required && !values.length) return words.missing;
  return spec.most && values[0]?.length > spec.most ? words.tooLong(spec.most) : '';
}

/** The values as the bot gets them: strings, none where nothing was filled in. */
export function valueOf({ read }) {
  return read();
}

const drawn = {
  short: (spec) => single(spec, el('input', { type: 'text', value: spec.value, maxlength: spec.most, dir: 'auto' })),
  long: (spec) => counted(spec, el('textarea', { rows: 4, maxlength: spec.most, dir: 'auto' }, spec.value)),
  datetime: drawDateTime,
  one: (spec) => (spec.options.length > RADIOS || !spec.required ? listed(spec) : ticked(spec, 'radio', [spec.value])),
  many: (spec) => ticked(spec, 'checkbox', spec.values),
};

/** One control under its label. */
function single(spec, control, read = () => (control.value.trim() ? [control.value] : []), extra = null) {
  const id = fresh('field');
  const { hint, error, describe, say } = sides(spec, id);
  control.id = id;
  control.setAttribute('aria-describedby', describe);
  if (spec.required) control.setAttribute('aria-required', 'true');
  const element = el('div', { class: 'field' }, el('label', { for: id }, spec.label, optional(spec)), hint, control, extra, error);
  return { spec, name: spec.name, element, read, focus: () => control.focus(), say: say(control) };
}

function counted(spec, control) {
  const room = el('span', { class: 'room' });
  const show = () => {
    const left = spec.most - control.value.length;
    room.textContent = left <= 100 ? words.room(left) : '';
  };
  control.addEventListener('input', show);
  return single(spec, control, undefined, room);
}

function listed(spec) {
  const none = spec.required ? words.chooseOne : '–';
  const control = el('select', {}, el('option', { value: '' }, none), spec.options.map(({ value, label }) =>
    el('option', { value, selected: value === spec.value && value !== '' }, label)));
  const read = () => (control.selectedIndex > 0 ? [spec.options[control.selectedIndex - 1].value] : []);
  return single(spec, control, read);
}

function drawDateTime(spec) {
  const control = el('input', { type: 'datetime-local', value: spec.value ? toField(new Date(spec.value)) : '' });
  return single(spec, control, () => (control.value ? [new Date(control.value).toISOString()] : []));
}

/** A group of things to tick, under its legend. */
function ticked(spec, type, chosen) {
  const name = fresh('ticks');
  const { hint, error, describe, say } = sides(spec, name);
  const boxes = spec.options.map(({ value }) => el('input', { type, name, value, checked: chosen.includes(value) }));
  const lines = spec.options.map(({ label }, n) => el('label', { class: 'tick' }, boxes[n], el('span', {}, label)));
  const element = el('fieldset', { class: 'field', 'aria-describedby': describe },
    el('legend', {}, spec.label, optional(spec)), hint, lines, error);
  const read = () => spec.options.filter((_, n) => boxes[n].checked).map(({ value }) => value);
  return { spec, name: spec.name, element, read, focus: () => boxes[0].focus(), say: say(element) };
}

function optional(spec) {
  return !spec.required && spec.is !== 'many' ? el('span', { class: 'optional' }, ` ${words.optional}`) : null;
}

/** The hint and the error that belong to a control. */
function sides(spec, id) {
  const hint = spec.hint ? el('p', { class: 'hint', id: `${id}-hint` }, spec.hint) : null;
  const error = el('p', { class: 'error', id: `${id}-error` });
  const say = (control) => (says) => {
    error.textContent = says;
    if (says) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
  };
  return { hint, error, describe: [hint?.id, error.id].filter(Boolean).join(' '), say };
}
