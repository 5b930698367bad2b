import { engineLimits } from "../limits.ts";

/** What an environment's requests may cost the server; shared by its connections. */
export class RequestBudget {
  /** Bytes that are held until the requests are answered. */
  heldBytes = 0;
  /** The largest body of a request: a response, which its invocation bounds. */
  bodyBytes: number = engineLimits.responseBytes;
  #steps = 0;
  #delayed: (() => void)[] = [];
  #isScheduled = false;

  /** What all unfinished requests may hold. */
  get mostHeldBytes(): number {
    return Math.max(engineLimits.requestBufferBytes, 2 * this.bodyBytes);
  }

  /** Takes steps of reading; false once the environment has had the server's attention for long enough. */
  take(steps: number): boolean {
    this.#steps += steps;
    return this.#steps <= engineLimits.requestStepsPerTurn;
  }

  /** Goes on when others have had their turn. */
  later(goOn: () => void): void {
    this.#delayed.push(goOn);
    this.#schedule();
  }

  renew(bodyBytes = this.bodyBytes): void {
    this.#steps = 0;
    this.bodyBytes = bodyBytes;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#delayed.length === 0) return;
    this.#isScheduled = true;
    setImmediate(() => this.#nextTurn());
  }

  #nextTurn(): void {
    this.#isScheduled = false;
    this.renew();
    const waiting = this.#delayed;
    this.#delayed = [];
    while (waiting.length > 0 && this.#steps < engineLimits.requestStepsPerTurn) waiting.shift()!();
    // Whom this turn had no steps left for comes before those who had some.
    this.#delayed = [...waiting, ...this.#delayed];
    this.#schedule();
  }
}
