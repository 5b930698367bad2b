import { spawn } from "node:child_process";
import { Server, type Socket } from "node:net";
import { constants } from "node:os";
import { launcherPath } from "./launcher-path.ts";
import { SandboxError } from "./sandbox-error.ts";
import { processEnd, type ProcessEnd } from "./signals.ts";

/** Hears what a launcher says, and is given the listening socket that came with it. */
type Listener = (message: object, server: Server | undefined) => void;

/** A launcher that was forked. It waits for a description. */
export interface Launcher {
  readonly pid: number;
  /** Takes the description and then orders. */
  readonly orders: Socket;
  readonly stdout: Socket;
  /** The launcher's words, then the program's. */
  readonly stderr: Socket;
  /** Resolves after everything that it said has been heard. */
  readonly ended: Promise<ProcessEnd>;
  onMessage(listener: Listener): void;
  signal(signal: NodeJS.Signals): void;
}

/** A process that forks launchers, so that the server is not forked: that takes the longer the more memory it holds, and stops it. See launcher/fork-server.c. */
export interface ForkServer {
  /** Has it started now, while the server is small yet. */
  prepare(): void;
  /** One that has ended is started anew; its launchers have ended with it. @throws SandboxError */
  launch(): Promise<Launcher>;
  /** There must be no launchers any more. */
  close(): Promise<void>;
}

/** @param descriptors what all launchers are given beyond their channel to the server */
export function createForkServer(descriptors: readonly number[]): ForkServer {
  let current: ForkProcess | undefined;
  const running = (): ForkProcess => (current === undefined || current.isOver() ? (current = startProcess(descriptors)) : current);
  return {
    prepare: () => void running(),
    launch: async () => running().launch(),
    close: async () => current?.close(),
  };
}

interface ForkProcess extends Pick<ForkServer, "launch" | "close"> {
  isOver(): boolean;
}

/** What comes over the channel of the fork server and its launchers, each of which says whose it is. Whatever else there is, is for listeners. */
type Message = { readonly launcher: number } & (
  | { readonly stream: number }
  | { readonly pid: number }
  | { readonly failed: string }
  | { readonly exited: true; readonly code: number; readonly signal: number }
  | { readonly port: number }
);

/** What is known of a launcher, by the number that it was asked for with. */
interface Entry {
  /** The server's ends of its standard streams; one that could not be received is missing. */
  readonly streams: (Socket | undefined)[];
  readonly listeners: Listener[];
  readonly born: PromiseWithResolvers<number>;
  readonly ended: PromiseWithResolvers<ProcessEnd>;
}

const notMade = (why: string): SandboxError => new SandboxError(`The sandbox could not be made: ${why}`);

function startProcess(descriptors: readonly number[]): ForkProcess {
  const child = spawn(launcherPath, ["fork-server"], { stdio: ["pipe", "ignore", "pipe", "ipc", ...descriptors], env: {}, cwd: "/" });
  const { stdin, stderr, channel } = child;
  const entries = new Map<number, Entry>();
  const state = { count: 0, complaint: "", isOver: false };
  const ended = new Promise<void>((resolve) => {
    const end = (why: string): void => {
      state.isOver = true;
      for (const [id, { born, ended }] of entries) {
        forget(id);
        born.reject(notMade(state.complaint.trim() || why));
        ended.resolve({ code: null, signal: "SIGKILL" });
      }
      resolve();
    };
    child.once("exit", () => end("the process that forks launchers has ended"));
    child.once("error", ({ message }) => end(message));
  });

  const forget = (id: number): void => {
    entries.delete(id);
    if (entries.size === 0) channel?.unref();
  };
  const hear = (message: Message, handle: Socket | Server | undefined): void => {
    const entry = entries.get(message.launcher);
    // What is left of a launcher that was killed may still speak.
    if (entry === undefined) return void (handle instanceof Server ? handle.close() : handle?.destroy());
    if ("stream" in message) return void (entry.streams[message.stream] = handle as Socket | undefined);
    if ("pid" in message) return entry.born.resolve(message.pid);
    if ("failed" in message) {
      forget(message.launcher);
      return entry.born.reject(notMade(message.failed));
    }
    if ("exited" in message) {
      forget(message.launcher);
      return entry.ended.resolve(processEnd(message));
    }
    for (const listener of entry.listeners) listener(message, handle as Server | undefined);
  };
  child.on("message", (message, handle) => hear(message as Message, handle as Socket | Server | undefined));
  stdin?.on("error", () => {});
  stderr?.on("data", (chunk: Buffer) => (state.complaint += chunk.toString()));
  // It keeps the server up only while there are launchers.
  for (const tie of [child, channel, stdin as Socket | null, stderr as Socket | null]) tie?.unref();

  const request = (...words: readonly (string | number)[]): void => void stdin?.write(`${words.join(" ")}\n`);
  return {
    isOver: () => state.isOver,
    async launch() {
      const id = ++state.count;
      const entry: Entry = { streams: [], listeners: [], born: Promise.withResolvers(), ended: Promise.withResolvers() };
      const { streams, listeners, born, ended } = entry;
      const signal = (name: NodeJS.Signals): void => void (entries.has(id) && request("signal", id, constants.signals[name]));
      entries.set(id, entry);
      channel?.ref();
      request("launch", id);
      try {
        const pid = await born.promise;
        const [orders, stdout, stderr] = streams;
        if (orders === undefined || stdout === undefined || stderr === undefined) {
          signal("SIGKILL");
          await ended.promise;
          throw notMade("the server can't open its streams, as too many files are open");
        }
        // Only when it is read from is it known to have ended.
        orders.on("error", () => {}).resume();
        return { pid, orders, stdout, stderr, ended: ended.promise, onMessage: (listener) => void listeners.push(listener), signal };
      } catch (error) {
        for (const stream of streams) stream?.destroy();
        throw error;
      }
    },
    async close() {
      child.ref();
      stdin?.end();
      await ended;
    },
  };
}
