import type { IssuedSession } from "@mayfly/iam";
import type { Credentials } from "@mayfly/wire/sts";

/** Temporary credentials as STS answers them. */
export function toCredentials(session: IssuedSession): Credentials {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    SessionToken: session.sessionToken,
    Expiration: new Date(session.expiresAtMs),
  };
}
