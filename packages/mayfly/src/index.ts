export type { ServerFacts } from "./resources.ts";
export { createMayfly, type Mayfly } from "./service.ts";
export {
  createConsoleSessions,
  type BegunSession,
  type ConsoleSessions,
  type Session,
  type SigninOrigin,
  type TokenRefusal,
} from "./sessions/console-sessions.ts";
