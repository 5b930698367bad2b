import type { CommandImpl } from "@smithy/core/client";

/** Blob members: the SDK's helpers accept and answer several forms; on the server they are bytes. */
type Bytes<T> =
  ArrayBuffer extends NonNullable<T>
    ? Uint8Array | Extract<T, undefined>
    : NonNullable<T> extends Uint8Array
      ? Uint8Array | Extract<T, undefined>
      : T;

type Input<T> = { [K in keyof T]: Bytes<T[K]> };
type Output<T> = { [K in keyof Omit<T, "$metadata">]: Bytes<T[K]> };

/** The operations of an SDK v3 client module, as `{ CreateFunction: { input, output } }`. */
export type OperationsOf<Module> = {
  // The input is read off the command itself: where every member is optional, so is the constructor's argument.
  [K in keyof Module as K extends `${infer Name}Command` ? Name : never]: Module[K] extends new (
    ...args: never[]
  ) => CommandImpl<infer I, infer O, infer _C, infer _SI, infer _SO>
    ? { input: Input<I>; output: Output<O> }
    : never;
};
