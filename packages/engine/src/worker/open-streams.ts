import type { EngineWorker, FunctionTarget, Invocation, InvocationResult } from "../types.ts";

/** Streamed responses that a front reads piece by piece: asking for the next one is what lets the function go on. */
export interface OpenStreams {
  open(target: FunctionTarget, invocation: Invocation): Promise<{ readonly streamId: number; readonly contentType: string }>;
  /** The next piece; undefined at the end. @throws what the body throws */
  read(streamId: number): Promise<Buffer | undefined>;
  leave(streamId: number): Promise<void>;
  result(streamId: number): Promise<InvocationResult>;
}

interface OpenStream {
  readonly pieces: AsyncIterator<Buffer>;
  readonly result: Promise<InvocationResult>;
  isRead: boolean;
  isResultGiven: boolean;
}

/** None at first; a stream is forgotten once its body was read or left and its result given. */
export function createOpenStreams(engine: Pick<EngineWorker, "invokeStreaming">): OpenStreams {
  const open = new Map<number, OpenStream>();
  let lastId = 0;
  const find = (streamId: number): OpenStream => {
    const stream = open.get(streamId);
    if (stream === undefined) throw new Error(`There is no stream ${streamId}.`);
    return stream;
  };
  const forgetIfOver = (streamId: number, { isRead, isResultGiven }: OpenStream): void => {
    if (isRead && isResultGiven) open.delete(streamId);
  };
  const endReading = (streamId: number, stream: OpenStream): void => {
    stream.isRead = true;
    forgetIfOver(streamId, stream);
  };
  return {
    async open(target, invocation) {
      const { contentType, body, result } = await engine.invokeStreaming(target, invocation);
      const streamId = ++lastId;
      open.set(streamId, { pieces: body[Symbol.asyncIterator](), result, isRead: false, isResultGiven: false });
      return { streamId, contentType };
    },
    async read(streamId) {
      const stream = find(streamId);
      try {
        const { done, value } = await stream.pieces.next();
        if (done !== true) return value;
      } catch (error) {
        endReading(streamId, stream);
        throw error;
      }
      endReading(streamId, stream);
      return undefined;
    },
    async leave(streamId) {
      const stream = find(streamId);
      await stream.pieces.return?.();
      endReading(streamId, stream);
    },
    async result(streamId) {
      const stream = find(streamId);
      try {
        return await stream.result;
      } finally {
        stream.isResultGiven = true;
        forgetIfOver(streamId, stream);
      }
    },
  };
}
