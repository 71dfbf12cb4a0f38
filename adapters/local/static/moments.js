// Instants on the reader's own clock: the browser's zone.

const short = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
const long = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** "Mon 23 Nov, 16:00" */
export function moment(instant) {
  return `${parts(short, instant)}, ${clock.format(instant)}`;
}

/** "Monday 23 November" */
export function day(instant) {
  return parts(long, instant);
}

/** "Monday 23 November, 16:00" */
export function full(instant) {
  return `${day(instant)}, ${clock.format(instant)}`;
}

/** "16:00" */
export function hour(instant) {
  return clock.format(instant);
}

/** What a datetime-local field holds for that instant. */
export function toField(instant) {
  const two = (number) => String(number).padStart(2, '0');
  const date = `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
  return `${date}T${two(instant.getHours())}:${two(instant.getMinutes())}`;
}

function parts(format, instant) {
  const found = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
  return `${found.weekday} ${found.day} ${found.month}`;
}
