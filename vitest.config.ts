import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Every suite: the packages' own tests, the server's, and the end-to-end ones. */
export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "apps/**/*.test.ts", "e2e/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    pool: "forks",
    // Much of the suite waits for servers and functions: one worker fewer than cores, as is usual, would leave a small machine idle.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Node runs the server and the worker threads from source; vitest only has to transform the tests themselves.
    server: { deps: { external: [/\/node_modules\//] } },
  },
});
