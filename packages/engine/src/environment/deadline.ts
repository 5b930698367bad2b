/** What a promise gives, or `timeout` once the monotonic clock has passed the deadline; never before it. */
export function beforeDeadline<T>(promise: Promise<T>, deadline: number): Promise<T | "timeout"> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    // Timers may fire a little early.
    const check = (): void => {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) resolve("timeout");
      else timer = setTimeout(check, Math.ceil(leftMs));
    };
    check();
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
