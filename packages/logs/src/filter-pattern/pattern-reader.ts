import type { Fault } from "@mayfly/kernel";
import { invalidParameter } from "../faults.ts";

/** What a malformed filter pattern is answered with. */
export const invalidPattern = (): Fault => invalidParameter("Invalid filter pattern");

/** Regular expressions that one pattern may hold, as AWS has it. */
const regexLimitCount = 2;

/** Reads a filter pattern from left to right. Everything that it does not expect is a Fault. */
export class PatternReader {
  readonly #text: string;
  #at = 0;
  #regexCount = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    this.skipSpace();
    return this.#at >= this.#text.length;
  }

  skipSpace(): void {
    this.match(/\s+/y);
  }

  /** The text that the sticky expression finds here, taken; undefined if it finds none. */
  match(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text) ?? undefined;
    if (found) this.#at += found[0].length;
    return found;
  }

  /** Takes the first of these that stands here after white space. */
  take<T extends string>(...choices: readonly T[]): T | undefined {
    this.skipSpace();
    const found = choices.find((choice) => this.#text.startsWith(choice, this.#at));
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  /** @throws InvalidParameterException unless `text` stands here */
  expect(text: string): void {
    if (this.take(text) === undefined) throw invalidPattern();
  }

  /** `"..."`, in which a backslash keeps the next quote or backslash as it is. */
  quoted(): string | undefined {
    return this.match(/"((?:[^"\\]|\\[^])*)"/y)?.[1]?.replaceAll(/\\(["\\])/g, "$1");
  }

  /** `%...%` */
  regex(): string | undefined {
    const source = this.match(/%((?:[^%\\]|\\[^])+)%/y)?.[1];
    if (source !== undefined && ++this.#regexCount > regexLimitCount) throw invalidPattern();
    return source;
  }
}
