/** The one connection to the player: newest view in, events and card texts out; reconnects for ever. */
export class Socket {
  #socket = null;
  #waiting = [];
  #delay = 250;

  constructor(onMessage) {
    this.onMessage = onMessage;
    this.#connect();
  }

  #connect() {
    const socket = new WebSocket(`ws://${location.host}/stage`);
    socket.onopen = () => {
      this.#socket = socket;
      this.#delay = 250;
      this.#waiting.splice(0).forEach((message) => socket.send(message));
    };
    socket.onmessage = ({ data }) => this.onMessage(JSON.parse(data));
    socket.onclose = () => {
      this.#socket = null;
      setTimeout(() => this.#connect(), this.#delay);
      this.#delay = Math.min(1000, this.#delay * 2);
    };
  }

  /** What was seen is told even when the connection is away for a moment; at most the latest 200. */
  send(message) {
    const text = JSON.stringify(message);
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(text);
    } else {
      this.#waiting.push(text);
      this.#waiting.splice(0, this.#waiting.length - 200);
    }
  }

  /** Only worth something now; false when the connection is away. */
  sendNow(message) {
    const open = this.#socket?.readyState === WebSocket.OPEN;
    if (open) {
      this.#socket.send(JSON.stringify(message));
    }
    return open;
  }
}
