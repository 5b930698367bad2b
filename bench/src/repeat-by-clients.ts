import { percentile } from "./percentile.ts";

/** What clients that each do one thing after another came to. */
export interface ClientFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
}

/** How many clients do it, and for how long at most. */
export interface ClientLoad {
  readonly clients: number;
  readonly forMs: number;
}

/** Each client does one thing after another until the time is over, or `act` answers that nothing is left. Every time is that of one thing. */
export async function repeatByClients<Client extends { close(): void }>(
  open: () => Promise<Client>,
  { clients: count, forMs }: ClientLoad,
  act: (client: Client) => Promise<boolean>,
): Promise<ClientFigures> {
  const clients = await Promise.all(Array.from({ length: count }, open));
  const times: number[] = [];
  const startedMs = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < startedMs + forMs) {
        const beganMs = performance.now();
        if (!(await act(client))) return;
        times.push(performance.now() - beganMs);
      }
    }),
  );
  const tookMs = performance.now() - startedMs;
  for (const client of clients) client.close();
  times.sort((a, b) => a - b);
  return { perSecond: (times.length * 1_000) / tookMs, p50Ms: percentile(times, 50) };
}
