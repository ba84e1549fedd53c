/** The one socket between the page and the server. */
import { have, whenLeft } from "./having.js";

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 4000;
const TAKEN_OVER = 4001;
const EARLIER_RUN = 4002;

/** Reads a binary message: four bytes with the header's length, the header, the JPEG. @param {ArrayBuffer} message */
export function unpack(message) {
  const size = new DataView(message).getUint32(0, true);
  const header = /** @type {import("./types.js").Frame} */ (JSON.parse(new TextDecoder().decode(new Uint8Array(message, 4, size))));
  return { header, jpeg: new Uint8Array(message, 4 + size) };
}

/** @param {object} header @param {Uint8Array<ArrayBuffer>} jpeg */
export function pack(header, jpeg) {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const message = new Uint8Array(4 + text.length + jpeg.length);
  new DataView(message.buffer).setUint32(0, text.length, true);
  message.set(text, 4);
  message.set(jpeg, 4 + text.length);
  return message;
}

/**
 * @typedef {object} Hearing
 * @property {(frame: import("./types.js").Frame, jpeg: Uint8Array<ArrayBuffer>, received_ms: number) => void} frame
 * @property {(message: any) => void} text
 * @property {(link: "open" | "closed" | "elsewhere") => void} link
 */

/** A socket that comes back by itself when it breaks. */
export class Line {
  /** @param {Hearing} hearing @param {string} run  of the program, from which this page came */
  constructor(hearing, run) {
    this.hearing = hearing;
    this.run = run;
    this.mine = false; // the person wants the practice in this window
    this.wait_ms = FIRST_WAIT_MS;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.stay = () => {}; // gives up waiting for the other window's end
  }

  open() {
    this.stay();
    const asked = new URLSearchParams(location.search);
    asked.set("run", this.run);
    const socket = new WebSocket(`ws://${location.host}/ws?${asked}`);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => {
      this.wait_ms = FIRST_WAIT_MS;
      have();
      this.hearing.link("open");
    };
    socket.onmessage = (event) => {
      const received_ms = performance.now();
      if (typeof event.data === "string") {
        this.hearing.text(JSON.parse(event.data));
      } else {
        const { header, jpeg } = unpack(event.data);
        this.hearing.frame(header, jpeg, received_ms);
      }
    };
    socket.onclose = (event) => {
      if (socket !== this.socket) return;
      this.socket = null;
      // The program was started anew: its own page has the practice, unless the person wants it here.
      if (event.code === EARLIER_RUN && this.mine) return location.reload();
      const elsewhere = event.code === EARLIER_RUN || event.code === TAKEN_OVER;
      this.hearing.link(elsewhere ? "elsewhere" : "closed");
      if (elsewhere) this.stay = whenLeft(() => this.here());
      else this.again();
    };
  }

  /** Takes the practice to this window. */
  here() {
    this.mine = true;
    this.open();
  }

  again() {
    setTimeout(() => this.open(), this.wait_ms);
    this.wait_ms = Math.min(LONGEST_WAIT_MS, this.wait_ms * 1.6);
  }

  /** @param {object} message */
  say(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** @param {object} header @param {Uint8Array<ArrayBuffer>} jpeg */
  picture(header, jpeg) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(pack(header, jpeg));
  }

  /** Bytes that the browser has not sent yet. */
  get waiting() {
    return this.socket?.bufferedAmount ?? 0;
  }
}
