import type { Socket } from "node:net";
import { answerHead, type RuntimeAnswer } from "./http-head.ts";

/** Writes answers to a connection. Those of one turn go out together: bootstraps send a response and their next request at once, and are woken up once for both. */
export class AnswerWriter {
  readonly #socket: Socket;
  #isHolding = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** It goes out at the next `flush`. */
  write(answer: RuntimeAnswer): void {
    if (!this.#isHolding) this.#socket.cork();
    this.#isHolding = true;
    const head = answerHead(answer);
    if (typeof answer.body === "string") this.#socket.write(head + answer.body);
    else {
      this.#socket.write(head);
      this.#socket.write(answer.body);
    }
  }

  flush(): void {
    if (!this.#isHolding) return;
    this.#isHolding = false;
    this.#socket.uncork();
  }
}
