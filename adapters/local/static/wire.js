// The socket: questions with answers, and news. It comes back by itself, later and later, up to every ten seconds.

import { words } from './words.js';

const FIRST = 300;
const LONGEST = 10_000;

/** Something the space said no to; the message is for the reader. */
export class No extends Error {}

export class Wire {
  #socket = null;
  #waiting = new Map();
  #asked = 0;
  #wait = FIRST;

  /** `onnews` hears each piece of news, `onopen` each (re)connection, `onlost` each loss. */
  constructor({ onnews, onopen, onlost }) {
    Object.assign(this, { onnews, onopen, onlost });
  }

  connect() {
    this.#socket = new WebSocket(`ws://${location.host}/live`);
    this.#socket.addEventListener('open', () => this.#opened());
    this.#socket.addEventListener('message', (event) => this.#heard(JSON.parse(event.data)));
    this.#socket.addEventListener('close', () => this.#closed());
  }

  /** Ask; resolves with the answer, rejects with No. */
  ask(what, fields = {}) {
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        reject(new No(words.gone));
        return;
      }
      this.#asked += 1;
      this.#waiting.set(this.#asked, { resolve, reject });
      this.#socket.send(JSON.stringify({ do: what, n: this.#asked, ...fields }));
    });
  }

  #opened() {
    this.#wait = FIRST;
    this.onopen();
  }

  /** In the order of the frame: whoever asked has dealt with the answer before the news that came after it. */
  async #heard(frame) {
    for (const item of frame) {
      if ('news' in item) this.onnews(item);
      else await this.#answered(item);
    }
  }

  async #answered({ re, ok, no }) {
    const asked = this.#waiting.get(re);
    this.#waiting.delete(re);
    if (no) asked?.reject(new No(words.no[no]));
    else asked?.resolve(ok);
  }

  #closed() {
    for (const { reject } of this.#waiting.values()) reject(new No(words.no.lost));
    this.#waiting.clear();
    this.onlost();
    setTimeout(() => this.connect(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST);
  }
}
