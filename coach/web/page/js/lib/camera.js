/** The browser's own camera, for where the program cannot open it: pictures go over the same socket. */

const WIDTH = 640;
const QUALITY = 0.8;
const MOST_WAITING = 200_000; // bytes not sent yet: then a picture is left out
const AGAIN_MS = 2000; // between two tries to open a camera that was unplugged

/** Lets the camera go. @param {MediaStream} stream */
function release(stream) {
  for (const track of stream.getTracks()) track.stop();
}

export class BrowserCamera {
  /** @param {import("./socket.js").Line} line @param {(error: Error) => void} refused  told why it does not come back */
  constructor(line, refused) {
    this.line = line;
    this.refused = refused;
    /** @type {MediaStream | null} */
    this.stream = null;
    this.wanted = false; // it is to be used, though it may be unplugged now
    this.busy = false;
    this.sent = 0;
  }

  get on() {
    return this.stream !== null;
  }

  /**
   * Asks the person and starts; throws what the browser throws. One that is on already is closed and opened anew: its
   * pictures may have stopped though the browser never said that it ended.
   */
  async start() {
    this.wanted = true;
    this.close();
    try {
      await this.look();
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  async look() {
    const video = { width: { ideal: WIDTH }, height: { ideal: 480 }, frameRate: { ideal: 30, max: 30 } };
    const stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
    if (!this.wanted || this.on) return release(stream); // given up before it was allowed, or asked for twice
    this.stream = stream;
    const screen = document.createElement("video");
    screen.muted = true;
    screen.playsInline = true;
    screen.srcObject = stream;
    await screen.play();
    if (this.stream !== stream) return undefined;
    for (const track of stream.getTracks()) track.onended = () => this.lost();
    this.line.say({ t: "browser_camera", on: true });
    return this.pump(screen, document.createElement("canvas"));
  }

  /** @param {HTMLVideoElement} screen @param {HTMLCanvasElement} canvas */
  pump(screen, canvas) {
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
    const step = (/** @type {number} */ now_ms) => {
      if (!this.on) return;
      screen.requestVideoFrameCallback(step);
      if (this.busy || this.line.waiting > MOST_WAITING || !screen.videoWidth) return;
      canvas.width = Math.min(WIDTH, screen.videoWidth);
      canvas.height = Math.round((canvas.width * screen.videoHeight) / screen.videoWidth);
      pen.drawImage(screen, 0, 0, canvas.width, canvas.height);
      this.busy = true;
      canvas.toBlob((blob) => this.send(blob, now_ms / 1000), "image/jpeg", QUALITY);
    };
    screen.requestVideoFrameCallback(step);
  }

  /** @param {Blob | null} blob @param {number} time_s */
  async send(blob, time_s) {
    if (blob && this.on) {
      this.line.picture({ t: "frame", time_s }, new Uint8Array(await blob.arrayBuffer()));
      this.sent += 1;
    }
    this.busy = false;
  }

  /** Unplugged: the program sees that no pictures come, and here it is tried again until they do. */
  lost() {
    this.close();
    setTimeout(() => {
      if (this.wanted && !this.on) this.look().catch((error) => (error.name === "NotAllowedError" ? this.denied(error) : this.lost()));
    }, AGAIN_MS);
  }

  /** It may not be used any more. @param {Error} error */
  denied(error) {
    this.stop();
    this.refused(error);
  }

  /** Gives the camera back. */
  stop() {
    this.wanted = false;
    this.close();
  }

  close() {
    if (this.stream) release(this.stream);
    this.stream = null;
    this.busy = false;
  }
}
